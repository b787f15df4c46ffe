package io.freshet.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

import io.freshet.source.channel.ChannelProblems;
import io.freshet.source.channel.MessageAddress;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.reactive.messaging.mqtt.MqttConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.mqtt.internal.MqttTopicHelper;
import io.smallrye.reactive.messaging.mqtt.session.MqttClientSession;
import io.smallrye.reactive.messaging.mqtt.session.MqttClientSessionOptions;
import io.smallrye.reactive.messaging.mqtt.session.RequestedQoS;
import io.smallrye.reactive.messaging.mqtt.session.SessionEvent;
import io.smallrye.reactive.messaging.mqtt.session.SessionState;
import io.smallrye.reactive.messaging.mqtt.session.SubscriptionEvent;
import io.smallrye.reactive.messaging.mqtt.session.SubscriptionState;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mqtt.messages.MqttPublishMessage;

/**
 * The messages of a topic filter. It connects and subscribes when the channel is subscribed to, so that no message arrives
 * before there is a reader, and again after each failure, until the subscription is cancelled. The broker limits how many
 * messages of QoS 1 and 2 may be unacknowledged; more of QoS 0 than the buffer holds are dropped.
 */
final class MqttReader {

    private static final Logger LOG = Logger.getLogger(MqttReader.class);
    private static final int REFUSED = 0x80;

    private final Vertx vertx;
    private final MqttConnectorIncomingConfiguration settings;
    private final MqttClientSessionOptions options;
    private final MqttBroker broker;
    private final ChannelProblems problems;
    private final String topic;

    MqttReader(Vertx vertx, MqttConnectorIncomingConfiguration settings, MqttClientSessionOptions options,
            ChannelProblems problems) {
        this.vertx = vertx;
        this.settings = settings;
        this.options = options;
        this.broker = MqttBroker.of(options);
        this.problems = problems;
        this.topic = settings.getTopic().orElse(settings.getChannel());
        MqttTopicHelper.validateTopicFilter(topic);
        options.setAutoAck(false);
    }

    Multi<Message<byte[]>> messages() {
        return Multi.createFrom().<Message<byte[]>> emitter(emitter -> new Reading(emitter).start(),
                BackPressureStrategy.BUFFER);
    }

    /** One subscription. Acknowledgements run on its event loop, too. */
    private final class Reading {

        private final MultiEmitter<? super Message<byte[]>> emitter;
        private final Context context = ((VertxInternal) vertx).createEventLoopContext();
        private final MqttClientSession session = MqttClientSession.create(vertx, options);
        private final AtomicInteger unacknowledged = new AtomicInteger();
        private boolean dropping;
        /** Counts connections, as a message has to be acknowledged on the one that it came by. */
        private int epoch;

        Reading(MultiEmitter<? super Message<byte[]>> emitter) {
            this.emitter = emitter;
        }

        void start() {
            emitter.onTermination(() -> context.runOnContext(now -> close()));
            session.messageHandler(this::received);
            session.sessionStateHandler(this::changed);
            session.subscriptionStateHandler(this::subscribed);
            session.exceptionHandler(thrown -> problems.report(settings.getChannel(), broker.reason(thrown)));
            context.runOnContext(now -> {
                session.start();
                session.subscribe(topic, RequestedQoS.valueOf(settings.getQos()));
            });
        }

        private void close() {
            if (settings.getUnsubscribeOnDisconnection()) {
                session.unsubscribe(topic).onComplete(done -> session.stop());
            } else {
                session.stop();
            }
            problems.resolved(settings.getChannel());
        }

        private void changed(SessionEvent event) {
            if (event.getSessionState() == SessionState.DISCONNECTED) {
                epoch++;
                if (!emitter.isCancelled()) {
                    problems.report(settings.getChannel(), broker.reason(event.getCause()));
                }
            }
        }

        private void subscribed(SubscriptionEvent event) {
            if (event.getSubscriptionState() != SubscriptionState.SUBSCRIBED) {
                return;
            }
            if (event.getQos() != null && event.getQos() == REFUSED) {
                problems.report(settings.getChannel(), "MQTT broker refuses the subscription to " + topic);
            } else {
                problems.resolved(settings.getChannel());
                LOG.infof("Subscribed with MQTT: channel=%s topic=%s", settings.getChannel(), topic);
            }
        }

        private void received(MqttPublishMessage message) {
            boolean full = message.qosLevel() == MqttQoS.AT_MOST_ONCE && unacknowledged.get() >= settings.getBufferSize();
            if (full) {
                if (!dropping) {
                    LOG.warnf("Messages of QoS 0 are dropped, because the stream reads too slowly: channel=%s buffer-size=%d",
                            settings.getChannel(), settings.getBufferSize());
                }
            } else {
                unacknowledged.incrementAndGet();
                int ofEpoch = epoch;
                emitter.emit(Message.of(message.payload().getBytes(), Metadata.of(new MessageAddress(message.topicName())),
                        () -> acknowledge(message, ofEpoch)));
            }
            dropping = full;
        }

        private CompletionStage<Void> acknowledge(MqttPublishMessage message, int ofEpoch) {
            unacknowledged.decrementAndGet();
            if (message.qosLevel() != MqttQoS.AT_MOST_ONCE) {
                context.runOnContext(now -> {
                    // otherwise the broker sends it again, if the session is not a clean one
                    if (ofEpoch == epoch && session.isConnected()) {
                        message.ack();
                    }
                });
            }
            return CompletableFuture.completedStage(null);
        }
    }
}
