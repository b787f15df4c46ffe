package io.freshet.sink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the records of one transaction. A record that is too large fails those that wait beside it in the producer,
 * and for the same reason; so of those that are said to be too large only the largest is known to be.
 */
final class TransactionAnswers {

    private record Sent(Consignment consignment, int record, int sizeBytes, Future<?> answer) {

        /** Why it was not taken; null if it was. */
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
            consignment.refuse(record, "topic " + topic + ": " + reason.getMessage());
        }
    }

    /** A record that is perhaps too large. */
    private record Suspect(Sent sent, Throwable reason) {
    }

    private final List<Sent> all = new ArrayList<>();

    void add(Consignment consignment, int record, int sizeBytes, Future<?> answer) {
        all.add(new Sent(consignment, record, sizeBytes, answer));
    }

    /**
     * Refuses the records that never will be taken; whether there are any. Waits for all answers.
     *
     * @throws KafkaException if there are none, and others failed
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
