package io.freshet.stream.delivery;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.freshet.memory.MemoryBudget;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.stats.Philox;

/**
 * The batches that wait for one sink or are in flight to it. The queue is bounded by the number of records, and by the bytes
 * that all queues share. A batch in flight keeps its slots until it is completed, and is never dropped. Confined to the lock of
 * its {@link SinkTask}.
 */
public final class SinkQueue {

    /** Batches in flight cannot be dropped, so part of the budget is reserved for those that wait. */
    private static final int UNDER_WAY_SHARE = 4;

    private final QueueSettings settings;
    private final MemoryBudget.Account memory;
    private final NavigableMap<Long, QueueEntry> waiting = new TreeMap<>();
    private long came;
    private int records;
    private int inFlight;
    private int inFlightRecords;
    private long inFlightBytes;
    private final long maxInFlightBytes;
    private long dropped;

    public SinkQueue(QueueSettings settings, MemoryBudget budget) {
        this.settings = settings;
        this.memory = budget.open();
        this.maxInFlightBytes = budget.capacity() / UNDER_WAY_SHARE;
    }

    /** Returns whether the queue can accept this many records. An empty queue accepts one batch of any size. */
    boolean isOpenFor(int more) {
        return settings.strategy() != OverflowStrategy.BLOCK || records == 0
                || records + more <= settings.records() && memory.hasRoom();
    }

    /**
     * Adds a batch, and drops the records that exceed the limits.
     *
     * @return the batches of which no records are left
     */
    public List<QueueEntry> add(QueueEntry queueEntry) {
        int size = queueEntry.batchDelivery().size();
        List<QueueEntry> emptied = new ArrayList<>();
        queueEntry.setOrder(came++);
        waiting.put(queueEntry.order(), queueEntry);
        records += size;
        boolean tooManyBytes = !memory.hasRoomFor(queueEntry.bytes());
        memory.add(queueEntry.bytes());
        int excess = records - settings.records();
        if (tooManyBytes && settings.strategy() == OverflowStrategy.DROP_NEWEST) {
            dropNewest(queueEntry, size, emptied);
        } else if (excess > 0) {
            switch (settings.strategy()) {
                case DROP_OLDEST -> dropOldest(excess, emptied);
                case DROP_NEWEST -> dropNewest(queueEntry, Math.min(excess, size), emptied);
                case SAMPLE -> {
                    int left = sample(queueEntry, Math.min(excess, size), emptied);
                    dropOldest(excess - left, emptied);
                }
                case BLOCK -> {
                    // a batch that is longer than the queue is accepted only if it is alone
                }
            }
        }
        if (tooManyBytes && settings.strategy() != OverflowStrategy.BLOCK) {
            dropOldestBytes(emptied);
        }
        return emptied;
    }

    /** Drops whole batches, because their memory is only free when all of their records are gone. The last batch stays. */
    private void dropOldestBytes(List<QueueEntry> emptied) {
        while (memory.isOver() && waiting.size() > 1) {
            dropOldest(waiting.firstEntry().getValue().batchDelivery().size(), emptied);
        }
    }

    private void dropOldest(int excess, List<QueueEntry> emptied) {
        int left = excess;
        for (Iterator<QueueEntry> queueEntries = waiting.values().iterator(); left > 0 && queueEntries.hasNext();) {
            QueueEntry oldest = queueEntries.next();
            int gone = oldest.batchDelivery().dropFirst(left);
            left -= gone;
            count(oldest, gone);
            if (oldest.isSpent()) {
                queueEntries.remove();
                memory.remove(oldest.bytes());
                emptied.add(oldest);
            }
        }
    }

    private void dropNewest(QueueEntry queueEntry, int excess, List<QueueEntry> emptied) {
        int[] open = queueEntry.batchDelivery().open();
        for (int i = open.length - excess; i < open.length; i++) {
            queueEntry.batchDelivery().drop(open[i]);
        }
        count(queueEntry, excess);
        removeIfEmpty(queueEntry, emptied);
    }

    /**
     * Drops those of the excess records that are not in the sample.
     *
     * @return how many records were dropped
     */
    private int sample(QueueEntry queueEntry, int excess, List<QueueEntry> emptied) {
        int[] open = queueEntry.batchDelivery().open();
        long[] words = new long[2];
        int gone = 0;
        for (int i = open.length - excess; i < open.length; i++) {
            Philox.words(queueEntry.position() + open[i], 0, 0, settings.records(), words);
            if ((words[0] >>> 11) * 0x1p-53 >= settings.sampleRate()) {
                queueEntry.batchDelivery().drop(open[i]);
                gone++;
            }
        }
        count(queueEntry, gone);
        removeIfEmpty(queueEntry, emptied);
        return gone;
    }

    private void removeIfEmpty(QueueEntry queueEntry, List<QueueEntry> emptied) {
        if (queueEntry.isSpent()) {
            waiting.remove(queueEntry.order());
            memory.remove(queueEntry.bytes());
            emptied.add(queueEntry);
        }
    }

    private void count(QueueEntry queueEntry, int gone) {
        dropped += gone;
        records -= queueEntry.release(gone);
    }

    /**
     * Takes the next batch, which is in flight from then on.
     *
     * @return null if none waits, or more than {@code max} records would be in flight
     */
    @Nullable
    QueueEntry next(int max) {
        QueueEntry first = waiting.isEmpty() ? null : waiting.firstEntry().getValue();
        if (first == null || inFlight > 0 && (inFlightRecords + first.batchDelivery().size() > max
                || inFlightBytes + first.bytes() > maxInFlightBytes)) {
            return null;
        }
        return depart();
    }

    /** Takes the first waiting batch, which is in flight from then on. */
    private QueueEntry depart() {
        QueueEntry first = waiting.pollFirstEntry().getValue();
        inFlight++;
        inFlightRecords += first.batchDelivery().batch().size();
        inFlightBytes += first.bytes();
        return first;
    }

    /**
     * Takes as many batches as hold up to this many records, but at least one unless the queue is empty. They are in flight
     * from then on.
     */
    List<QueueEntry> nextTogether(int max) {
        List<QueueEntry> together = new ArrayList<>();
        int gathered = 0;
        while (!waiting.isEmpty()) {
            int size = waiting.firstEntry().getValue().batchDelivery().batch().size();
            if (!together.isEmpty() && gathered + size > max) {
                break;
            }
            gathered += size;
            together.add(depart());
        }
        return together;
    }

    /**
     * Returns a batch in flight to the queue.
     *
     * @return how many of its records have been delivered since the last count
     */
    int putBack(QueueEntry queueEntry) {
        leave(queueEntry);
        waiting.put(queueEntry.order(), queueEntry);
        return delivered(queueEntry);
    }

    /**
     * Removes a batch that was in flight.
     *
     * @return how many of its records have been delivered since the last count
     */
    int remove(QueueEntry queueEntry) {
        leave(queueEntry);
        int delivered = delivered(queueEntry);
        records -= queueEntry.release(queueEntry.slots());
        memory.remove(queueEntry.bytes());
        return delivered;
    }

    private int delivered(QueueEntry queueEntry) {
        int delivered = queueEntry.countDelivered();
        records -= delivered;
        return delivered;
    }

    private void leave(QueueEntry queueEntry) {
        inFlight--;
        inFlightRecords -= queueEntry.batchDelivery().batch().size();
        inFlightBytes -= queueEntry.bytes();
    }

    /** Removes all waiting batches. */
    List<QueueEntry> clear() {
        List<QueueEntry> all = List.copyOf(waiting.values());
        waiting.clear();
        all.forEach(queueEntry -> {
            records -= queueEntry.slots();
            memory.remove(queueEntry.bytes());
        });
        return all;
    }

    /** Returns how full the queue is, 0 to 1, by records or by bytes, whichever is more. */
    public double utilisation() {
        return Math.max(Math.min(1, records / (double) settings.records()), memory.share());
    }

    /** How many bytes wait or are on their way. */
    long bytes() {
        return memory.held();
    }

    /** Releases the memory account. */
    void close() {
        memory.close();
    }

    boolean isIdle() {
        return inFlight == 0;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Returns for how long the oldest batch has waited; 0 if none waits. */
    double oldestSeconds(long now) {
        return waiting.isEmpty() ? 0 : (now - waiting.firstEntry().getValue().startedAt()) / 1e9;
    }

    /** Returns how many records wait or are in flight. */
    int records() {
        return records;
    }

    long dropped() {
        return dropped;
    }

    QueueSettings settings() {
        return settings;
    }
}
