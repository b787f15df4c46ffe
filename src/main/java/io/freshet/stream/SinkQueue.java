package io.freshet.stream;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.stats.Philox;

/**
 * What waits for one sink or is on its way to it, bounded by the number of records. What is on its way has its place until
 * it is settled, and is never dropped. Confined to the lock of its {@link SinkRun}.
 */
final class SinkQueue {

    private final QueueSettings settings;
    private final NavigableMap<Long, Load> waiting = new TreeMap<>();
    private long came;
    private int records;
    private int underWay;
    private int underWayRecords;
    private long dropped;

    SinkQueue(QueueSettings settings) {
        this.settings = settings;
    }

    /** Whether the stream may come with so many records. One batch may always come, however long it is. */
    boolean isOpenFor(int more) {
        return settings.strategy() != OverflowStrategy.BLOCK || records == 0 || records + more <= settings.records();
    }

    /**
     * Takes a load, and drops what there is no room for.
     *
     * @return the loads of which nothing is left
     */
    List<Load> add(Load load) {
        int size = load.consignment().size();
        List<Load> emptied = new ArrayList<>();
        load.setOrder(came++);
        waiting.put(load.order(), load);
        records += size;
        int excess = records - settings.records();
        if (excess > 0) {
            switch (settings.strategy()) {
                case DROP_OLDEST -> dropOldest(excess, emptied);
                case DROP_NEWEST -> dropNewest(load, Math.min(excess, size), emptied);
                case SAMPLE -> {
                    int left = sample(load, Math.min(excess, size), emptied);
                    dropOldest(excess - left, emptied);
                }
                case BLOCK -> {
                    // the only one there is, longer than the queue
                }
            }
        }
        return emptied;
    }

    private void dropOldest(int excess, List<Load> emptied) {
        int left = excess;
        for (Iterator<Load> loads = waiting.values().iterator(); left > 0 && loads.hasNext();) {
            Load oldest = loads.next();
            int gone = oldest.consignment().dropFirst(left);
            left -= gone;
            count(oldest, gone);
            if (oldest.isSpent()) {
                loads.remove();
                emptied.add(oldest);
            }
        }
    }

    private void dropNewest(Load load, int excess, List<Load> emptied) {
        int[] open = load.consignment().open();
        for (int i = open.length - excess; i < open.length; i++) {
            load.consignment().drop(open[i]);
        }
        count(load, excess);
        removeIfEmpty(load, emptied);
    }

    /** Drops the records that are not in the sample, of those there is no room for; how many these are. */
    private int sample(Load load, int excess, List<Load> emptied) {
        int[] open = load.consignment().open();
        long[] words = new long[2];
        int gone = 0;
        for (int i = open.length - excess; i < open.length; i++) {
            Philox.words(load.position() + open[i], 0, 0, settings.records(), words);
            if ((words[0] >>> 11) * 0x1p-53 >= settings.sampleRate()) {
                load.consignment().drop(open[i]);
                gone++;
            }
        }
        count(load, gone);
        removeIfEmpty(load, emptied);
        return gone;
    }

    private void removeIfEmpty(Load load, List<Load> emptied) {
        if (load.isSpent()) {
            waiting.remove(load.order());
            emptied.add(load);
        }
    }

    private void count(Load load, int gone) {
        dropped += gone;
        records -= load.free(gone);
    }

    /**
     * The next load, on its way from now on; null if none waits or there would be more than {@code most} records on their way.
     */
    @Nullable
    Load next(int most) {
        Load first = waiting.isEmpty() ? null : waiting.firstEntry().getValue();
        if (first == null || underWay > 0 && underWayRecords + first.consignment().size() > most) {
            return null;
        }
        return depart();
    }

    /** The first of those that wait is on its way from now on. */
    private Load depart() {
        Load first = waiting.pollFirstEntry().getValue();
        underWay++;
        underWayRecords += first.consignment().batch().size();
        return first;
    }

    /** The next loads, on their way from now on: as many as make up so many records, but at least one; none if none waits. */
    List<Load> nextTogether(int most) {
        List<Load> together = new ArrayList<>();
        int gathered = 0;
        while (!waiting.isEmpty()) {
            int size = waiting.firstEntry().getValue().consignment().batch().size();
            if (!together.isEmpty() && gathered + size > most) {
                break;
            }
            gathered += size;
            together.add(depart());
        }
        return together;
    }

    /** Has a load wait again that was on its way; how many of its records have been delivered since it was counted last. */
    int putBack(Load load) {
        leave(load);
        waiting.put(load.order(), load);
        return delivered(load);
    }

    /** Forgets a load that was on its way; how many of its records have been delivered since it was counted last. */
    int remove(Load load) {
        leave(load);
        int delivered = delivered(load);
        records -= load.free(load.places());
        return delivered;
    }

    private int delivered(Load load) {
        int delivered = load.countDelivered();
        records -= delivered;
        return delivered;
    }

    private void leave(Load load) {
        underWay--;
        underWayRecords -= load.consignment().batch().size();
    }

    /** Takes out all that waits. */
    List<Load> clear() {
        List<Load> all = List.copyOf(waiting.values());
        waiting.clear();
        all.forEach(load -> records -= load.places());
        return all;
    }

    boolean isIdle() {
        return underWay == 0;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** For how long the oldest batch has waited; 0 if none waits. */
    double oldestSeconds(long now) {
        return waiting.isEmpty() ? 0 : (now - waiting.firstEntry().getValue().begun()) / 1e9;
    }

    /** How many records wait or are on their way. */
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
