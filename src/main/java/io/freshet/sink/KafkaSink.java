package io.freshet.sink;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.KeyEncoder;
import io.freshet.codec.RecordBatch;

/**
 * One JSON message per record. A batch is delivered when the broker has acknowledged all its messages; one that is tried again
 * is sent whole, so a message may come twice, and none is left out.
 */
public final class KafkaSink implements Sink {

    static final String CHAOS_HEADER = "freshet-chaos";

    private final Supplier<Producer<byte[], byte[]>> source;
    private final String topic;
    private final @Nullable KeyEncoder keys;
    private volatile @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param producer asked once, when the first batch comes; it is shared and outlives the sink
     * @param key the field that is the message's key; null for none, or for that of events
     */
    public KafkaSink(Supplier<Producer<byte[], byte[]>> producer, String topic, @Nullable String key) {
        this.source = producer;
        this.topic = topic;
        this.keys = key == null ? null : new KeyEncoder(key);
    }

    @Override
    public String kind() {
        return "kafka";
    }

    @Override
    public CompletionStage<Delivery> deliver(OutgoingBatch batch) {
        CompletableFuture<Delivery> outcome = new CompletableFuture<>();
        int size = batch.size();
        // one more than there are records: the last says that all have been sent
        AtomicInteger open = new AtomicInteger(size + 1);
        try {
            Producer<byte[], byte[]> to = connected();
            for (int i = 0; i < size && !outcome.isDone(); i++) {
                byte[] key = keys == null ? ownKey(batch, i) : keys.key(batch.records(), i);
                to.send(new ProducerRecord<>(topic, null, key, batch.json().copy(i), headers(batch, i)),
                        (metadata, failure) -> {
                            if (failure != null) {
                                outcome.complete(failed(failure));
                            } else {
                                countDown(open, outcome);
                            }
                        });
            }
            countDown(open, outcome);
        } catch (RuntimeException e) {
            outcome.complete(failed(e));
        }
        return outcome;
    }

    /** What somebody who scores a consumer wants to know. */
    private static @Nullable List<Header> headers(OutgoingBatch batch, int record) {
        String label = batch.records() instanceof RecordBatch.Written written ? written.events().label(record) : null;
        return label == null ? null : List.of(new RecordHeader(CHAOS_HEADER, label.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Events know what they belong to. */
    private static byte @Nullable [] ownKey(OutgoingBatch batch, int record) {
        return batch.records() instanceof RecordBatch.Written written ? written.events().key(record) : null;
    }

    private Producer<byte[], byte[]> connected() {
        Producer<byte[], byte[]> known = producer;
        if (known == null) {
            known = source.get();
            producer = known;
        }
        return known;
    }

    private static void countDown(AtomicInteger open, CompletableFuture<Delivery> outcome) {
        if (open.decrementAndGet() == 0) {
            outcome.complete(Delivery.delivered());
        }
    }

    private Delivery failed(Exception failure) {
        String reason = "topic " + topic + ": " + failure.getMessage();
        return failure instanceof RetriableException || failure.getCause() instanceof RetriableException
                ? new Delivery.TransientFailure(reason)
                : new Delivery.PermanentFailure(reason);
    }

    @Override
    public void close() {
        // the producer is shared and outlives the stream
    }
}
