package io.freshet.rabbitmq;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;

import io.freshet.source.channel.ChannelProblems;
import io.freshet.source.channel.MessageAddress;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.reactive.messaging.rabbitmq.RabbitMQConnectorIncomingConfiguration;

/**
 * The messages of a queue. It connects when the channel is subscribed to, and again after each failure, until the subscription
 * is cancelled. The broker delivers as many messages as may be unacknowledged, and delivers those again that were not
 * acknowledged when the connection broke.
 */
final class QueueReader {

    private static final Logger LOG = Logger.getLogger(QueueReader.class);
    private static final int DEFAULT_PREFETCH = 10_000;

    private final RabbitMQConnectorIncomingConfiguration settings;
    private final BrokerConnection broker;
    private final ChannelProblems problems;
    private final String queue;

    QueueReader(RabbitMQConnectorIncomingConfiguration settings, ChannelProblems problems) {
        this.settings = settings;
        this.broker = new BrokerConnection(settings);
        this.problems = problems;
        this.queue = settings.getQueueName().orElse(settings.getChannel());
    }

    Multi<Message<byte[]>> messages() {
        return Multi.createFrom().<Message<byte[]>> emitter(emitter -> new Reading(emitter).start(),
                BackPressureStrategy.BUFFER);
    }

    private void declare(Channel channel) throws IOException {
        broker.declareExchange(channel);
        if (!settings.getQueueDeclare()) {
            return;
        }
        Map<String, Object> arguments = new HashMap<>();
        settings.getQueueTtl().ifPresent(value -> arguments.put("x-message-ttl", value));
        settings.getQueueXQueueType().ifPresent(value -> arguments.put("x-queue-type", value));
        settings.getQueueXQueueMode().ifPresent(value -> arguments.put("x-queue-mode", value));
        settings.getQueueXMaxPriority().ifPresent(value -> arguments.put("x-max-priority", value));
        settings.getQueueXDeliveryLimit().ifPresent(value -> arguments.put("x-delivery-limit", value));
        settings.getQueueSingleActiveConsumer().ifPresent(value -> arguments.put("x-single-active-consumer", value));
        channel.queueDeclare(queue, settings.getQueueDurable(), settings.getQueueExclusive(), settings.getQueueAutoDelete(),
                arguments);
        if (!broker.exchange().isEmpty()) {
            for (String key : settings.getRoutingKeys().split(",")) {
                channel.queueBind(queue, broker.exchange(), key.trim());
            }
        }
    }

    /** One subscription. */
    private final class Reading {

        private final MultiEmitter<? super Message<byte[]>> emitter;
        private final ScheduledExecutorService thread = Threads.scheduled(ThreadKind.RABBITMQ);
        private @Nullable Connection connection;

        Reading(MultiEmitter<? super Message<byte[]>> emitter) {
            this.emitter = emitter;
        }

        void start() {
            emitter.onTermination(this::close);
            thread.execute(this::connect);
        }

        private void connect() {
            try {
                Connection connected = broker.connect();
                connection = connected;
                Channel channel = connected.createChannel();
                declare(channel);
                channel.basicQos(settings.getMaxOutstandingMessages().orElse(DEFAULT_PREFETCH));
                channel.basicConsume(queue, false, new Consumer(channel));
                problems.resolved(settings.getChannel());
                LOG.infof("Connected with RabbitMQ: channel=%s queue=%s", settings.getChannel(), queue);
            } catch (IOException | TimeoutException | ShutdownSignalException e) {
                failed(broker.reason(e));
            }
        }

        private void failed(String reason) {
            problems.report(settings.getChannel(), reason);
            disconnect();
            try {
                thread.schedule(this::connect, settings.getReconnectInterval(), TimeUnit.SECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("The subscription was cancelled while its connection failed");
            }
        }

        private void disconnect() {
            Connection existing = connection;
            connection = null;
            if (existing != null) {
                existing.abort(1000);
            }
        }

        private void close() {
            try {
                thread.execute(this::disconnect);
            } catch (RejectedExecutionException e) {
                LOG.debug("The subscription was cancelled before");
            }
            thread.shutdown();
        }

        /** Receives from one channel of AMQP, on which its messages have to be acknowledged. */
        private final class Consumer extends DefaultConsumer {

            Consumer(Channel channel) {
                super(channel);
            }

            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                emitter.emit(Message.of(body, Metadata.of(new MessageAddress(envelope.getRoutingKey())),
                        () -> acknowledge(envelope.getDeliveryTag())));
            }

            private CompletionStage<Void> acknowledge(long number) {
                try {
                    getChannel().basicAck(number, false);
                } catch (IOException | ShutdownSignalException e) {
                    // the broker delivers the message again
                    LOG.debugf("A message was not acknowledged: channel=%s reason=%s", settings.getChannel(), e.getMessage());
                }
                return CompletableFuture.completedStage(null);
            }

            @Override
            public void handleCancel(String tag) {
                retry("RabbitMQ ended the subscription; queue " + queue + " may have been deleted");
            }

            @Override
            public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
                if (!signal.isInitiatedByApplication()) {
                    retry(broker.reason(signal));
                }
            }

            private void retry(String reason) {
                try {
                    thread.execute(() -> failed(reason));
                } catch (RejectedExecutionException e) {
                    LOG.debug("The subscription was cancelled while its connection broke");
                }
            }
        }
    }
}
