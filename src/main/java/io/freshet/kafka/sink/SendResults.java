package io.freshet.kafka.sink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

import io.freshet.sink.BatchDelivery;

/**
 * The results of the sends in one transaction. A record that is too large fails the records that wait beside it in the producer
 * for the same reason; so of the records reported as too large, only the largest is certain to be.
 */
final class SendResults {

    private record Sent(BatchDelivery batch, int record, int sizeBytes, Future<?> answer) {

        /** Returns why the record was rejected, or null if it was accepted. */
        @Nullable
        Throwable failure() throws InterruptedException {
            try {
                answer.get();
                return null;
            } catch (ExecutionException e) {
                return e.getCause() == null ? e : e.getCause();
            }
        }

        void refuse(String topic, Throwable reason) {
            batch.reject(record, KafkaSink.code(reason), "topic " + topic + ": " + reason.getMessage());
        }
    }

    /** A record that may be too large. */
    private record Suspect(Sent sent, Throwable reason) {
    }

    private final List<Sent> all = new ArrayList<>();

    void add(BatchDelivery batchDelivery, int record, int sizeBytes, Future<?> answer) {
        all.add(new Sent(batchDelivery, record, sizeBytes, answer));
    }

    /**
     * Waits for all results and marks the records as rejected that will never be accepted.
     *
     * @return whether any record was rejected
     * @throws KafkaException if none was rejected, but others failed
     */
    boolean refuse(String topic) throws InterruptedException {
        boolean refused = false;
        Throwable failure = null;
        List<Suspect> suspects = new ArrayList<>();
        for (Sent each : all) {
            Throwable reason = each.failure();
            if (reason instanceof RecordTooLargeException || reason instanceof RecordBatchTooLargeException) {
                suspects.add(new Suspect(each, reason));
            } else if (reason != null && KafkaSink.isForGood(reason)) {
                each.refuse(topic, reason);
                refused = true;
            } else if (reason != null) {
                failure = reason;
            }
        }
        if (!suspects.isEmpty()) {
            Suspect largest = suspects.stream().max(Comparator.comparingInt(each -> each.sent().sizeBytes())).orElseThrow();
            largest.sent().refuse(topic, largest.reason());
            return true;
        }
        if (failure != null && !refused) {
            throw new KafkaException(failure);
        }
        return refused;
    }
}
