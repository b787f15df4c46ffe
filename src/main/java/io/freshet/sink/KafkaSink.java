package io.freshet.sink;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * One message per record. A batch is delivered when the broker has acknowledged all its messages; what is tried again is
 * what was not acknowledged, so a message whose acknowledgement was lost may come twice, and none is left out.
 */
public final class KafkaSink extends MessageSink {

    private final ProducerLease producer;

    /**
     * @param producer asked when the first batch comes
     * @param framing null for JSON
     */
    KafkaSink(ProducerLease producer, KafkaTarget target, @Nullable MessageFraming framing) {
        super(target, framing);
        this.producer = producer;
    }

    @Override
    public CompletionStage<Delivery> deliver(Consignment consignment) {
        MessageFraming frame = framing;
        if (frame != null) {
            try {
                frame.prepare(consignment.batch());
            } catch (SchemaRegistry.RefusedException e) {
                return CompletableFuture.completedStage(new Delivery.PermanentFailure(String.valueOf(e.getMessage())));
            } catch (IOException e) {
                return CompletableFuture.completedStage(new Delivery.TransientFailure(String.valueOf(e.getMessage())));
            }
        }
        Attempt attempt = new Attempt(consignment);
        attempt.send(producer.get());
        return attempt.outcome;
    }

    /** One attempt: all open records are sent, and all answers awaited. */
    private final class Attempt {

        private final Consignment consignment;
        private final CompletableFuture<Delivery> outcome = new CompletableFuture<>();
        // one more than there are messages: the last says that all have been sent
        private final AtomicInteger unanswered = new AtomicInteger(1);
        private final Set<Integer> unsaid = ConcurrentHashMap.newKeySet();
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
                ProducerRecord<byte[], byte[]> tombstone = messages.tombstone(batch, record);
                if (tombstone == null) {
                    send(to, messages.value(batch, record), (metadata, thrown) -> answered(record, thrown, true));
                } else {
                    // the broker has them in this order, so the record is delivered when the tombstone is
                    unsaid.add(record);
                    send(to, messages.value(batch, record), (metadata, thrown) -> answered(record, thrown, false));
                    send(to, tombstone, (metadata, thrown) -> answered(record, thrown, unsaid.contains(record)));
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
                if (last) {
                    consignment.deliver(record);
                }
            } else {
                unsaid.remove(record);
                if (isForGood(thrown)) {
                    consignment.refuse(record, reason(thrown));
                } else {
                    failure = reason(thrown);
                }
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
        return "topic " + target() + ": " + thrown.getMessage();
    }

    /**
     * Whether it is the record that cannot be had. All else, such as access that is denied or a topic that is not there, is
     * about the topic: the stream waits until somebody mends it.
     */
    static boolean isForGood(Throwable thrown) {
        return thrown instanceof RecordTooLargeException || thrown instanceof RecordBatchTooLargeException
                || thrown instanceof InvalidRecordException || thrown instanceof SerializationException;
    }

    @Override
    public void close() {
        producer.close();
    }
}
