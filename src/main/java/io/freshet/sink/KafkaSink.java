package io.freshet.sink;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.KeyEncoder;

/** One JSON message per record. */
public final class KafkaSink implements Sink {

    private final KafkaProducers producers;
    private final String topic;
    private final @Nullable KeyEncoder keys;

    /**
     * @param key the field that is the message's key; null for none
     */
    public KafkaSink(KafkaProducers producers, String topic, @Nullable String key) {
        this.producers = producers;
        this.topic = topic;
        this.keys = key == null ? null : new KeyEncoder(key);
    }

    @Override
    public String kind() {
        return "kafka";
    }

    @Override
    public CompletionStage<Void> deliver(OutgoingBatch batch) {
        CompletableFuture<Void> delivered = new CompletableFuture<>();
        int size = batch.size();
        AtomicInteger open = new AtomicInteger(size + 1);
        try {
            Producer<byte[], byte[]> producer = producers.producer();
            for (int i = 0; i < size && !delivered.isDone(); i++) {
                byte[] key = keys == null ? null : keys.key(batch.records(), i);
                producer.send(new ProducerRecord<>(topic, key, batch.json().copy(i)), (metadata, failure) -> {
                    if (failure != null) {
                        delivered.completeExceptionally(classified(failure));
                    } else if (open.decrementAndGet() == 0) {
                        delivered.complete(null);
                    }
                });
            }
            if (open.decrementAndGet() == 0) {
                delivered.complete(null);
            }
        } catch (RuntimeException e) {
            delivered.completeExceptionally(classified(e));
        }
        return delivered;
    }

    private DeliveryException classified(Exception failure) {
        String message = "topic " + topic + ": " + failure.getMessage();
        boolean mayWork = failure instanceof RetriableException || failure instanceof TimeoutException
                || failure.getCause() instanceof RetriableException;
        return mayWork ? new DeliveryException.Transient(message, failure)
                : new DeliveryException.Permanent(message, failure);
    }

    @Override
    public void close() {
        // the producer is shared and outlives the stream
    }
}
