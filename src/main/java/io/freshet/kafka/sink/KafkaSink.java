package io.freshet.kafka.sink;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import io.freshet.kafka.KafkaProbe;
import io.freshet.kafka.SchemaRegistry;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.FailureCode;

/**
 * Sends one message per record. A batch is delivered when the broker has acknowledged all its messages. A retry sends only the
 * messages without acknowledgement, so that a message whose acknowledgement was lost may arrive twice, but none is lost.
 */
public final class KafkaSink extends MessageSink {

    private final LazyProducer producer;
    private final KafkaProbe probe;
    private final AtomicReference<Limit> limit = new AtomicReference<>(Limit.KNOWN);

    /** What is known about the maximum batch size of the topic. */
    private enum Limit {
        /** The producer uses the known limit. */
        KNOWN,
        /** The limit is queried again before the next batch. */
        IN_DOUBT,
        /** The limit has been queried again, and nothing has been acknowledged since. */
        ASKED
    }

    /**
     * @param producer provides the producer when the first batch arrives
     * @param probe explains missing answers
     * @param framing the format of messages; null for JSON
     * @param run identifies one life of the stream
     */
    KafkaSink(LazyProducer producer, KafkaProbe probe, KafkaTarget target, @Nullable ConfluentWireFormat framing, String run) {
        super(target, framing, run);
        this.producer = producer;
        this.probe = probe;
    }

    @Override
    public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        ConfluentWireFormat frame = framing;
        if (frame != null) {
            try {
                frame.prepare(batchDelivery.batch());
            } catch (SchemaRegistry.RefusedException e) {
                return CompletableFuture.completedStage(
                        new Delivery.PermanentFailure(FailureCode.SCHEMA_REJECTED, String.valueOf(e.getMessage())));
            } catch (IOException e) {
                return CompletableFuture.completedStage(new Delivery.TransientFailure(String.valueOf(e.getMessage())));
            }
        }
        if (limit.compareAndSet(Limit.IN_DOUBT, Limit.ASKED)) {
            // a producer whose batches exceed the limit splits them for ever
            producer.renew();
        }
        Producer<byte[], byte[]> to;
        try {
            to = producer.get();
        } catch (KafkaException e) {
            return CompletableFuture.completedStage(new Delivery.TransientFailure(probe.reason(e, target())));
        }
        Attempt attempt = new Attempt(batchDelivery);
        attempt.send(to);
        return attempt.outcome;
    }

    /** One attempt, which sends all open records and waits for all acknowledgements. */
    private final class Attempt {

        private final BatchDelivery batchDelivery;
        private final CompletableFuture<Delivery> outcome = new CompletableFuture<>();
        // one more than there are messages; the last is counted down when all have been sent
        private final AtomicInteger unanswered = new AtomicInteger(1);
        /** Records whose own message has not failed, so that the answer to their tombstone decides. */
        private final Set<Integer> awaitTombstone = ConcurrentHashMap.newKeySet();
        private volatile @Nullable Exception failure;

        Attempt(BatchDelivery batchDelivery) {
            this.batchDelivery = batchDelivery;
        }

        void send(Producer<byte[], byte[]> to) {
            EncodedBatch batch = batchDelivery.batch();
            for (int record : batchDelivery.open()) {
                if (failure != null) {
                    // each further message might block as long as this one did
                    break;
                }
                ProducerRecord<byte[], byte[]> tombstone = messages.tombstone(batch, record);
                if (tombstone == null) {
                    send(to, messages.value(batch, record), (metadata, thrown) -> answered(record, thrown, true));
                } else {
                    // the broker receives them in this order, so the record is delivered when the tombstone is
                    awaitTombstone.add(record);
                    send(to, messages.value(batch, record), (metadata, thrown) -> answered(record, thrown, false));
                    send(to, tombstone, (metadata, thrown) -> answered(record, thrown, awaitTombstone.contains(record)));
                }
            }
            countDown();
        }

        private void send(Producer<byte[], byte[]> to, ProducerRecord<byte[], byte[]> message, Callback answer) {
            unanswered.incrementAndGet();
            try {
                to.send(message, answer);
            } catch (RuntimeException e) {
                answer.onCompletion(null, e);
            }
        }

        private void answered(int record, @Nullable Exception thrown, boolean last) {
            if (thrown == null) {
                if (limit.get() != Limit.KNOWN) {
                    limit.set(Limit.KNOWN);
                }
                if (last) {
                    batchDelivery.markDelivered(record);
                }
            } else {
                awaitTombstone.remove(record);
                if (isForGood(thrown)) {
                    batchDelivery.reject(record, code(thrown), "topic " + target() + ": " + thrown.getMessage());
                } else {
                    failure = thrown;
                }
            }
            countDown();
        }

        /**
         * A batch that exceeds the topic's limit times out although Kafka answers; in an outage asking would only take time.
         */
        private void doubtLimit() {
            probe.problem(target()).thenAccept(found -> {
                if (found.isEmpty()) {
                    limit.compareAndSet(Limit.KNOWN, Limit.IN_DOUBT);
                }
            });
        }

        private void countDown() {
            if (unanswered.decrementAndGet() == 0) {
                Exception thrown = failure;
                if (thrown == null) {
                    outcome.complete(Delivery.delivered());
                } else {
                    if (thrown instanceof TimeoutException) {
                        doubtLimit();
                    }
                    outcome.complete(new Delivery.TransientFailure(probe.explain(thrown, target())));
                }
            }
        }
    }

    /**
     * Returns whether the failure concerns the record itself. All other failures, such as a missing topic or missing access,
     * concern the topic: the stream waits until they are resolved.
     */
    public static boolean isForGood(Throwable thrown) {
        return isTooLarge(thrown) || thrown instanceof InvalidRecordException || thrown instanceof InvalidTimestampException
                || thrown instanceof SerializationException;
    }

    private static boolean isTooLarge(Throwable thrown) {
        return thrown instanceof RecordTooLargeException || thrown instanceof RecordBatchTooLargeException;
    }

    static FailureCode code(Throwable thrown) {
        return isTooLarge(thrown) ? FailureCode.TOO_LARGE : FailureCode.REJECTED;
    }

    @Override
    public void close() {
        producer.close();
    }
}
