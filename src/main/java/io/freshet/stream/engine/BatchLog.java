package io.freshet.stream.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamStatistics.BatchResult;

/**
 * Counts the batches of which all sinks have completed at least one record, and retains the results of the most recent ones. If
 * the pace defines batches, they have its size; otherwise, the records that travel together are a batch. The stream's thread
 * writes; any thread may read.
 */
final class BatchLog {

    private static final int MAX_RESULTS = 10;
    private static final double NANOS_PER_MILLI = 1e6;

    private final StreamDefinition definition;
    private final Deque<BatchResult> last = new ArrayDeque<>();
    private long total;
    private long number = -1;
    private long startedNanos;

    BatchLog(StreamDefinition definition) {
        this.definition = definition;
    }

    /**
     * Adds a batch that all sinks have completed.
     *
     * @param position the position of its first record
     */
    synchronized void add(long position, InFlightBatch inFlightBatch, long nanos) {
        if (inFlightBatch.size == 0) {
            return;
        }
        int failed = Math.min(inFlightBatch.size, inFlightBatch.failed());
        long batch = definition.source().isEvents() ? total : position / definition.pace().batchSize();
        BatchResult before = batch == number ? last.pollLast() : null;
        if (before == null) {
            total++;
            startedNanos = inFlightBatch.sentNanos;
        }
        number = batch;
        last.addLast(result(before, inFlightBatch.size - failed, failed, nanos));
        if (last.size() > MAX_RESULTS) {
            last.removeFirst();
        }
    }

    private BatchResult result(@Nullable BatchResult before, int processed, int failed, long nanos) {
        double milliseconds = (nanos - startedNanos) / NANOS_PER_MILLI;
        return before == null ? new BatchResult(number + 1, processed, failed, milliseconds)
                : new BatchResult(number + 1, before.processed() + processed, before.failed() + failed, milliseconds);
    }

    synchronized long total() {
        return total;
    }

    /** Returns the results of the most recent batches, oldest first; the last one may be incomplete. */
    synchronized List<BatchResult> last() {
        return List.copyOf(last);
    }
}
