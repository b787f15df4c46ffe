package io.freshet.kafka.channel;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jspecify.annotations.Nullable;

import io.freshet.kafka.KafkaConnection;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.Sink;
import io.freshet.sink.channel.MessageSubscriber;
import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;

/**
 * Connects channels with Kafka. Outgoing messages are batches of records: a message for each batch instead of each record,
 * because a message costs as much as generating and encoding a record. A message is acknowledged when the broker has all
 * records of its batches, and rejected with what failed.
 * <p>
 * Incoming messages come from the topic of the channel, one at a time and in order: the next one after the acknowledgement of
 * the one before, which commits its offset. Without a topic, or without Kafka, the channel stays silent.
 */
@ApplicationScoped
@Connector(KafkaConnector.NAME)
public class KafkaConnector implements InboundConnector, OutboundConnector {

    public static final String NAME = "freshet-kafka";

    private final KafkaConnection connection;

    public KafkaConnector(KafkaConnection connection) {
        this.connection = connection;
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config channel) {
        return new MessageSubscriber(KafkaConnector::accept);
    }

    /**
     * Leaves the work to the thread that sent the message: messages arrive one after the other, and a topic that blocks would
     * delay all.
     */
    private static void accept(Message<?> message) {
        KafkaBatchMetadata metadata = message.getMetadata(KafkaBatchMetadata.class)
                .orElseThrow(() -> new IllegalArgumentException("not a batch of records"));
        metadata.caller().execute(() -> deliver(message, batches(message), metadata.destination()));
    }

    private static void deliver(Message<?> message, List<BatchDelivery> batches, Sink destination) {
        CompletionStage<Delivery> delivery = batches.size() == 1 ? destination.deliver(batches.get(0))
                : destination.deliver(batches);
        delivery.whenComplete((outcome, thrown) -> answer(message, outcome, thrown));
    }

    private static void answer(Message<?> message, @Nullable Delivery outcome, @Nullable Throwable thrown) {
        if (thrown != null) {
            message.nack(thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown);
        } else if (outcome instanceof Delivery.Failure failure) {
            message.nack(new DeliveryFailedException(failure));
        } else {
            message.ack();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<BatchDelivery> batches(Message<?> message) {
        // only RecordsSink attaches the metadata
        return (List<BatchDelivery>) message.getPayload();
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config channel) {
        return channel.getOptionalValue("topic", String.class).filter(topic -> connection.servers().isPresent())
                .<Multi<Message<byte[]>>> map(topic -> new TopicMessages(connection.consumerSettings(), topic,
                        channel.getValue("group.id", String.class)).messages())
                .orElseGet(() -> Multi.createFrom().nothing());
    }
}
