package io.freshet.rabbitmq;

import java.io.IOException;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;

import io.freshet.sink.FailureCode;
import io.freshet.sink.channel.ConnectionFailedException;
import io.freshet.sink.channel.MessageRejectedException;
import io.freshet.sink.channel.MessageSubscriber;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import io.smallrye.reactive.messaging.rabbitmq.RabbitMQConnectorOutgoingConfiguration;

/**
 * Publishes the messages of an outgoing channel. A message is acknowledged when the broker confirms it. Messages that are
 * unconfirmed when the connection breaks are rejected, so that the sink sends them again. It connects with the first message,
 * and again when a message arrives after a failure.
 */
final class ConfirmedPublisher implements Consumer<Message<?>> {

    private static final Logger LOG = Logger.getLogger(ConfirmedPublisher.class);
    private static final long MIN_NANOS_BETWEEN_ATTEMPTS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Pattern MAX_SIZE = Pattern.compile("message size \\d+ .*max size (\\d+)");

    private record Unconfirmed(Message<?> message, int size) {
    }

    private final RabbitMQConnectorOutgoingConfiguration settings;
    private final BrokerConnection broker;
    private final ExecutorService thread = Threads.single(ThreadKind.RABBITMQ);
    private @Nullable Connection connection;
    private @Nullable OpenChannel open;
    private @Nullable String failure;
    private long failedNanos;
    /** Why messages failed most recently; null after a confirmation. */
    private volatile @Nullable String logged;
    /** The largest message that the broker accepts, as far as it has said. */
    private volatile long maxBytes = Long.MAX_VALUE;

    ConfirmedPublisher(RabbitMQConnectorOutgoingConfiguration settings) {
        this.settings = settings;
        this.broker = new BrokerConnection(settings);
    }

    @Override
    public void accept(Message<?> message) {
        try {
            thread.execute(() -> publish(message));
        } catch (RejectedExecutionException e) {
            message.nack(new ConnectionFailedException("channel " + settings.getChannel() + " is closed"));
        }
    }

    private void publish(Message<?> message) {
        byte[] body = MessageSubscriber.body(message);
        OutgoingRabbitMQMetadata metadata = message.getMetadata(OutgoingRabbitMQMetadata.class)
                .orElseGet(OutgoingRabbitMQMetadata::new);
        String key = Optional.ofNullable(metadata.getRoutingKey()).orElse(settings.getDefaultRoutingKey());
        try {
            OpenChannel to = channel();
            if (body.length > maxBytes) {
                message.nack(tooLarge(body.length));
            } else {
                to.publish(key, properties(metadata), body, message);
            }
        } catch (ConnectionFailedException e) {
            message.nack(e);
        }
    }

    private AMQP.BasicProperties properties(OutgoingRabbitMQMetadata metadata) {
        String ttl = metadata.getExpiration() == null ? settings.getDefaultTtl().map(String::valueOf).orElse(null)
                : metadata.getExpiration();
        return new AMQP.BasicProperties.Builder().contentType(metadata.getContentType())
                .contentEncoding(metadata.getContentEncoding()).headers(metadata.getHeaders())
                .deliveryMode(metadata.getDeliveryMode()).priority(metadata.getPriority())
                .correlationId(metadata.getCorrelationId()).replyTo(metadata.getReplyTo()).expiration(ttl)
                .messageId(metadata.getMessageId()).type(metadata.getType()).appId(metadata.getAppId())
                .timestamp(metadata.getTimestamp() == null ? null : Date.from(metadata.getTimestamp().toInstant())).build();
    }

    private MessageRejectedException tooLarge(int size) {
        return new MessageRejectedException(FailureCode.TOO_LARGE,
                "the message has " + size + " bytes; RabbitMQ accepts " + maxBytes + " (max_message_size)");
    }

    /** Returns an open channel. After a failed attempt, others fail with the same reason for a moment. */
    private OpenChannel channel() throws ConnectionFailedException {
        OpenChannel existing = open;
        if (existing != null && existing.channel.isOpen()) {
            return existing;
        }
        String last = failure;
        if (last != null && System.nanoTime() - failedNanos < MIN_NANOS_BETWEEN_ATTEMPTS) {
            throw new ConnectionFailedException(last);
        }
        try {
            OpenChannel opened = new OpenChannel(connected().createChannel());
            broker.declareExchange(opened.channel);
            open = opened;
            failure = null;
            return opened;
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            String reason = broker.reason(e);
            log(reason);
            failure = reason;
            failedNanos = System.nanoTime();
            throw new ConnectionFailedException(reason);
        }
    }

    private Connection connected() throws IOException, TimeoutException {
        Connection existing = connection;
        if (existing != null && existing.isOpen()) {
            return existing;
        }
        Connection connected = broker.connect();
        connection = connected;
        maxBytes = Long.MAX_VALUE;
        LOG.infof("Connected with RabbitMQ: channel=%s", settings.getChannel());
        return connected;
    }

    /** Logs a reason once, as the sink tries again and again. */
    private void log(String reason) {
        if (!reason.equals(logged)) {
            logged = reason;
            LOG.warnf("A channel cannot send: channel=%s reason=%s", settings.getChannel(), reason);
        }
    }

    void close() {
        thread.execute(() -> {
            Connection existing = connection;
            if (existing != null) {
                existing.abort(1000);
            }
        });
        thread.shutdown();
    }

    /** A channel of AMQP with the messages that the broker has not confirmed. Each numbers its messages from 1. */
    private final class OpenChannel {

        private final Channel channel;
        private final ConcurrentNavigableMap<Long, Unconfirmed> unconfirmed = new ConcurrentSkipListMap<>();

        OpenChannel(Channel channel) throws IOException {
            this.channel = channel;
            channel.confirmSelect();
            channel.addConfirmListener((number, multiple) -> {
                logged = null;
                answered(number, multiple, each -> each.message().ack());
            },
                    (number, multiple) -> answered(number, multiple, each -> each.message()
                            .nack(new ConnectionFailedException("RabbitMQ could not store the message"))));
            channel.addShutdownListener(this::closed);
        }

        void publish(String key, AMQP.BasicProperties properties, byte[] body, Message<?> message) {
            long number = channel.getNextPublishSeqNo();
            unconfirmed.put(number, new Unconfirmed(message, body.length));
            try {
                channel.basicPublish(broker.exchange(), key, properties, body);
            } catch (IOException | ShutdownSignalException e) {
                // unless the listener has rejected it already
                if (unconfirmed.remove(number) != null) {
                    message.nack(new ConnectionFailedException(broker.reason(e)));
                }
            }
        }

        private void answered(long number, boolean multiple, Consumer<Unconfirmed> answer) {
            Map<Long, Unconfirmed> answered = multiple ? unconfirmed.headMap(number, true)
                    : unconfirmed.subMap(number, true, number, true);
            for (Long each : answered.keySet()) {
                Unconfirmed found = unconfirmed.remove(each);
                if (found != null) {
                    answer.accept(found);
                }
            }
        }

        private void closed(ShutdownSignalException signal) {
            String text = BrokerConnection.text(signal.getReason());
            Matcher limit = MAX_SIZE.matcher(text == null ? "" : text);
            if (limit.find()) {
                maxBytes = Long.parseLong(limit.group(1));
            }
            String reason = broker.reason(signal);
            if (!signal.isInitiatedByApplication()) {
                log(reason);
            }
            answered(Long.MAX_VALUE, true, each -> each.message()
                    .nack(each.size() > maxBytes ? tooLarge(each.size()) : new ConnectionFailedException(reason)));
        }
    }
}
