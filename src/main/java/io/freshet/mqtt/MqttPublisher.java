package io.freshet.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.sink.FailureCode;
import io.freshet.sink.channel.ConnectionFailedException;
import io.freshet.sink.channel.MessageRejectedException;
import io.freshet.sink.channel.MessageSubscriber;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.smallrye.reactive.messaging.mqtt.MqttConnectorOutgoingConfiguration;
import io.smallrye.reactive.messaging.mqtt.SendingMqttMessageMetadata;
import io.smallrye.reactive.messaging.mqtt.session.MqttClientSession;
import io.smallrye.reactive.messaging.mqtt.session.MqttClientSessionOptions;
import io.smallrye.reactive.messaging.mqtt.session.SessionEvent;
import io.smallrye.reactive.messaging.mqtt.session.SessionState;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mqtt.MqttException;

/**
 * Publishes the messages of an outgoing channel. A message of QoS 1 or 2 is acknowledged when the broker has answered for it,
 * one of QoS 0 when it is written. Messages without an answer when the connection breaks are rejected, so that the sink sends
 * them
 * again. It connects with the first message. Everything but {@link #accept} runs on one event loop.
 */
final class MqttPublisher implements Consumer<Message<?>> {

    private static final Logger LOG = Logger.getLogger(MqttPublisher.class);

    private record Unanswered(Message<?> message, int size) {
    }

    private final String channel;
    private final SendingMqttMessageMetadata defaults;
    private final MqttBroker broker;
    private final Context context;
    private final MqttClientSession session;
    /** Messages that arrived while the connection was being made. */
    private final Queue<Message<?>> waiting = new ArrayDeque<>();
    private final Map<Integer, Unanswered> unanswered = new LinkedHashMap<>();
    /** Answers that overtook the notice that their message was written. */
    private final Set<Integer> early = new HashSet<>();
    private boolean started;
    private boolean closed;
    /** Counts connections, as each numbers its messages from 1. */
    private int epoch;
    private String failure;
    /** Why this client closes the connection, which the notice that it is closed does not say. */
    private @Nullable Throwable closedBecause;

    MqttPublisher(Vertx vertx, MqttConnectorOutgoingConfiguration settings, MqttClientSessionOptions options) {
        this.channel = settings.getChannel();
        this.defaults = new SendingMqttMessageMetadata(settings.getTopic().orElse(channel), MqttQoS.valueOf(settings.getQos()),
                settings.getRetain());
        this.broker = MqttBroker.of(options);
        this.failure = broker.reason(null);
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.session = MqttClientSession.create(vertx, options);
        session.sessionStateHandler(this::changed);
        session.publishCompletionHandler(this::answered);
    }

    @Override
    public void accept(Message<?> message) {
        context.runOnContext(now -> publish(message));
    }

    private void publish(Message<?> message) {
        if (!started) {
            started = true;
            session.start();
            waiting.add(message);
        } else if (session.isConnected()) {
            send(message);
        } else if (session.getState() == SessionState.CONNECTING || !waiting.isEmpty()) {
            waiting.add(message);
        } else {
            message.nack(new ConnectionFailedException(failure));
        }
    }

    private void send(Message<?> message) {
        byte[] body = MessageSubscriber.body(message);
        if (broker.maxMessageBytes() > 0 && body.length > broker.maxMessageBytes()) {
            message.nack(new MessageRejectedException(FailureCode.TOO_LARGE, "the message has " + body.length
                    + " bytes; max-message-size allows " + broker.maxMessageBytes()));
            return;
        }
        SendingMqttMessageMetadata metadata = message.getMetadata(SendingMqttMessageMetadata.class).orElse(defaults);
        String topic = Optional.ofNullable(metadata.getTopic()).orElse(defaults.getTopic());
        MqttQoS qos = Optional.ofNullable(metadata.getQosLevel()).orElse(defaults.getQosLevel());
        Unanswered sent = new Unanswered(message, body.length);
        int ofEpoch = epoch;
        session.publish(topic, Buffer.buffer(body), qos, false, metadata.isRetain() || defaults.isRetain())
                .onComplete(written -> written(written, sent, qos, ofEpoch));
    }

    private void written(AsyncResult<Integer> written, Unanswered sent, MqttQoS qos, int ofEpoch) {
        if (written.failed()) {
            sent.message().nack(failure(written.cause()));
        } else if (qos == MqttQoS.AT_MOST_ONCE) {
            sent.message().ack();
        } else if (ofEpoch != epoch) {
            sent.message().nack(new ConnectionFailedException(failure));
        } else if (early.remove(written.result())) {
            sent.message().ack();
        } else {
            unanswered.put(written.result(), sent);
        }
    }

    private Exception failure(Throwable cause) {
        if (cause instanceof MqttException refused && refused.code() == MqttException.MQTT_INVALID_TOPIC_NAME) {
            return new MessageRejectedException(FailureCode.REJECTED, String.valueOf(cause.getMessage()));
        }
        return new ConnectionFailedException(session.isConnected() ? broker.reason(cause) : failure);
    }

    private void answered(Integer number) {
        Unanswered sent = unanswered.remove(number);
        if (sent == null) {
            early.add(number);
        } else {
            sent.message().ack();
        }
    }

    private void changed(SessionEvent event) {
        if (event.getSessionState() == SessionState.CONNECTED) {
            LOG.infof("Connected with MQTT: channel=%s", channel);
            takeWaiting().forEach(this::send);
        } else if (event.getSessionState() == SessionState.DISCONNECTING) {
            closedBecause = event.getCause();
        } else if (event.getSessionState() == SessionState.DISCONNECTED) {
            disconnected(event.getCause() == null ? closedBecause : event.getCause());
            closedBecause = null;
        }
    }

    private void disconnected(@Nullable Throwable cause) {
        String reason = broker.reason(cause) + largestUnanswered();
        if (!closed && !reason.equals(failure)) {
            LOG.warnf("A channel cannot send: channel=%s reason=%s", channel, reason);
        }
        failure = reason;
        epoch++;
        early.clear();
        List<Message<?>> failed = new ArrayList<>(unanswered.values().stream().map(Unanswered::message).toList());
        unanswered.clear();
        failed.addAll(takeWaiting());
        failed.forEach(each -> each.nack(new ConnectionFailedException(reason)));
    }

    /** A broker of MQTT 3.1.1 that finds a message too large can only close the connection. */
    private String largestUnanswered() {
        return unanswered.isEmpty() ? ""
                : ", when it had not acknowledged " + unanswered.size() + " messages of up to "
                        + unanswered.values().stream().mapToInt(Unanswered::size).max().orElseThrow() + " bytes";
    }

    private List<Message<?>> takeWaiting() {
        List<Message<?>> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    void close() {
        context.runOnContext(now -> {
            closed = true;
            session.stop();
        });
    }
}
