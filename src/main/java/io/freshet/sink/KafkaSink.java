package io.freshet.sink;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.KeyEncoder;

/**
 * One JSON message per record. A batch is delivered when the broker has acknowledged all its messages; what is tried again is
 * what was not acknowledged, so a message whose acknowledgement was lost may come twice, and none is left out.
 */
public final class KafkaSink implements Sink {

    private final Supplier<Producer<byte[], byte[]>> source;
    private final String topic;
    private final @Nullable KeyEncoder keys;
    private volatile @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param producer asked once, when the first batch comes; it is shared and outlives the sink
     * @param key the field that is the message's key; null for none
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
    public String target() {
        return topic;
    }

    @Override
    public @Nullable KeyEncoder keys() {
        return keys;
    }

    @Override
    public CompletionStage<Delivery> deliver(Consignment consignment) {
        Attempt attempt = new Attempt(consignment);
        attempt.send(connected());
        return attempt.outcome;
    }

    private Producer<byte[], byte[]> connected() {
        Producer<byte[], byte[]> known = producer;
        if (known == null) {
            known = source.get();
            producer = known;
        }
        return known;
    }

    /** One attempt: all open records are sent, and all answers awaited. */
    private final class Attempt {

        private final Consignment consignment;
        private final CompletableFuture<Delivery> outcome = new CompletableFuture<>();
        // one more than there are records: the last says that all have been sent
        private final AtomicInteger unanswered = new AtomicInteger(1);
        private volatile @Nullable String failure;

        Attempt(Consignment consignment) {
            this.consignment = consignment;
        }

        void send(Producer<byte[], byte[]> to) {
            OutgoingBatch batch = consignment.batch();
            for (int record : consignment.open()) {
                if (failure != null) {
                    // each further one might block as long as this one did
                    break;
                }
                unanswered.incrementAndGet();
                Callback answer = (metadata, thrown) -> answered(record, thrown);
                try {
                    to.send(new ProducerRecord<>(topic, batch.envelopes().key(record), batch.records().copy(record)), answer);
                } catch (RuntimeException e) {
                    answered(record, e);
                }
            }
            countDown();
        }

        private void answered(int record, @Nullable Exception thrown) {
            if (thrown == null) {
                consignment.deliver(record);
            } else if (isForGood(thrown)) {
                consignment.refuse(record, reason(thrown));
            } else {
                failure = reason(thrown);
            }
            countDown();
        }

        private void countDown() {
            if (unanswered.decrementAndGet() == 0) {
                String reason = failure;
                outcome.complete(reason == null ? Delivery.delivered() : new Delivery.TransientFailure(reason));
            }
        }
    }

    private String reason(Exception thrown) {
        return "topic " + topic + ": " + thrown.getMessage();
    }

    /**
     * Whether it is the record that cannot be had. All else, such as access that is denied or a topic that is not there, is
     * about the topic: the stream waits until somebody mends it.
     */
    private static boolean isForGood(Exception thrown) {
        return thrown instanceof RecordTooLargeException || thrown instanceof RecordBatchTooLargeException
                || thrown instanceof InvalidRecordException || thrown instanceof SerializationException;
    }

    @Override
    public void close() {
        // the producer is shared and outlives the stream
    }
}
