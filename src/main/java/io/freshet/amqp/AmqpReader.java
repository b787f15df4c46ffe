package io.freshet.amqp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.source.channel.ChannelProblems;
import io.freshet.source.channel.MessageAddress;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.reactive.messaging.amqp.AmqpConnectorIncomingConfiguration;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpReceiver;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.impl.VertxInternal;

/**
 * The messages of an address. It connects when the channel is subscribed to, and again after each failure, until the
 * subscription is cancelled. A limited number of messages is unacknowledged at a time; the broker delivers those again that
 * were not acknowledged when the connection broke.
 */
final class AmqpReader {

    private static final Logger LOG = Logger.getLogger(AmqpReader.class);
    private static final int MAX_UNACKNOWLEDGED = 10_000;

    private final AmqpBroker broker;
    private final AmqpConnectorIncomingConfiguration settings;
    private final ChannelProblems problems;
    private final String channel;
    private final String address;

    AmqpReader(AmqpBroker broker, AmqpConnectorIncomingConfiguration settings, ChannelProblems problems) {
        this.broker = broker;
        this.settings = settings;
        this.problems = problems;
        this.channel = settings.getChannel();
        this.address = settings.getAddress().orElse(channel);
    }

    Multi<Message<byte[]>> messages() {
        return Multi.createFrom().<Message<byte[]>> emitter(emitter -> new Reading(emitter).start(),
                BackPressureStrategy.BUFFER);
    }

    private AmqpReceiverOptions receiverOptions() {
        AmqpReceiverOptions options = new AmqpReceiverOptions().setAutoAcknowledgement(false)
                .setDurable(settings.getDurable());
        settings.getLinkName().ifPresent(options::setLinkName);
        settings.getSelector().ifPresent(options::setSelector);
        settings.getCapabilities().ifPresent(each -> options.setCapabilities(List.of(each.trim().split(" *, *"))));
        return options;
    }

    /** Returns the body as bytes, whatever its type. */
    private static byte[] body(AmqpMessage message) {
        Object body = message.unwrap().getBody();
        if (body instanceof Data) {
            return message.bodyAsBinary().getBytes();
        }
        Object value = body instanceof AmqpValue single ? single.getValue() : body;
        return String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }

    /** One subscription. Everything in it runs on its event loop. */
    private final class Reading {

        private final MultiEmitter<? super Message<byte[]>> emitter;
        private final Context context = ((VertxInternal) broker.vertx()).createEventLoopContext();
        private final AmqpClient client = broker.client();
        /** Counts connections, as a message has to be acknowledged on the one that it came by. */
        private int epoch;
        private @Nullable Future<AmqpConnection> connection;

        Reading(MultiEmitter<? super Message<byte[]>> emitter) {
            this.emitter = emitter;
        }

        void start() {
            emitter.onTermination(() -> context.runOnContext(now -> {
                epoch++;
                client.close();
                problems.resolved(channel);
            }));
            context.runOnContext(now -> connect());
        }

        private void connect() {
            if (emitter.isCancelled()) {
                return;
            }
            int connecting = ++epoch;
            Future<AmqpConnection> connected = client.connect();
            connection = connected;
            connected.onSuccess(made -> made.exceptionHandler(thrown -> failed(thrown, connecting)));
            connected.compose(made -> made.createReceiver(address, receiverOptions()))
                    .onComplete(made -> context.runOnContext(now -> {
                        if (made.failed()) {
                            failed(made.cause(), connecting);
                        } else {
                            read(made.result(), connecting);
                        }
                    }));
        }

        private void read(AmqpReceiver receiver, int ofEpoch) {
            receiver.exceptionHandler(thrown -> failed(thrown, ofEpoch));
            receiver.pause();
            receiver.handler(message -> emitter.emit(Message.of(body(message),
                    Metadata.of(new MessageAddress(message.address() == null ? address : message.address())),
                    () -> acknowledge(message, receiver, ofEpoch))));
            receiver.fetch(MAX_UNACKNOWLEDGED);
            problems.resolved(channel);
            LOG.infof("Connected with AMQP: channel=%s address=%s", channel, address);
        }

        private CompletionStage<Void> acknowledge(AmqpMessage message, AmqpReceiver receiver, int ofEpoch) {
            context.runOnContext(now -> {
                // otherwise the broker delivers it again
                if (ofEpoch == epoch) {
                    message.accepted();
                    receiver.fetch(1);
                }
            });
            return CompletableFuture.completedStage(null);
        }

        private void failed(Throwable thrown, int ofEpoch) {
            context.runOnContext(now -> {
                if (ofEpoch != epoch || emitter.isCancelled()) {
                    return;
                }
                epoch++;
                Future<AmqpConnection> broken = connection;
                if (broken != null) {
                    // only its link may have failed
                    broken.onSuccess(AmqpConnection::close);
                }
                problems.report(channel, broker.reason(thrown));
                broker.vertx().setTimer(TimeUnit.SECONDS.toMillis(settings.getReconnectInterval()), timer -> connect());
            });
        }
    }
}
