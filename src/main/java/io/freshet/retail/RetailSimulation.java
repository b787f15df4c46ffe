package io.freshet.retail;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Simulates some stores of a chain and returns their events in the order of their times. Of events with the same time,
 * those of the store with the lower index come first. The events of a store do not depend on which other stores are
 * simulated. Not thread-safe.
 */
public final class RetailSimulation {

    private static final int WEEKS_KEPT = 4;

    private final Chain chain;
    private final List<StoreSimulation> stores = new ArrayList<>();
    private final Map<Long, OfferWeek> weeks = new LinkedHashMap<>();
    // a heap of stores, ordered by the times of their next events
    private final StoreSimulation[] heap;
    private final long[] times;
    private int size;

    private RetailSimulation(Chain chain, List<Store> members) {
        this.chain = chain;
        members.forEach(store -> stores.add(new StoreSimulation(chain, store, this::offers)));
        heap = new StoreSimulation[stores.size()];
        times = new long[stores.size()];
    }

    /** Simulates all stores. */
    public static RetailSimulation of(Chain chain, Instant start) {
        return of(chain, 0, 1, start);
    }

    /**
     * Simulates every {@code shards}th store, from the first event at or after a moment.
     *
     * @param shard the index of the shard, from 0
     */
    public static RetailSimulation of(Chain chain, int shard, int shards, Instant start) {
        RetailSimulation simulation = new RetailSimulation(chain,
                chain.data().stores().stream().filter(store -> store.index() % shards == shard).toList());
        simulation.seek(start);
        return simulation;
    }

    /** Simulates one store. */
    public static RetailSimulation ofStore(Chain chain, Store store, Instant start) {
        RetailSimulation simulation = new RetailSimulation(chain, List.of(store));
        simulation.seek(start);
        return simulation;
    }

    private OfferWeek offers(long week) {
        OfferWeek known = weeks.get(week);
        if (known == null) {
            known = OfferWeek.of(chain, week);
            weeks.put(week, known);
            if (weeks.size() > WEEKS_KEPT) {
                weeks.remove(weeks.keySet().iterator().next());
            }
        }
        return known;
    }

    /** Moves to the first event at or after a moment. */
    public void seek(Instant start) {
        size = 0;
        long from = start.toEpochMilli();
        for (StoreSimulation store : stores) {
            store.startAt(LocalDate.ofInstant(start, chain.regionOf(store.store()).zone()));
            RetailEvent event = store.peek();
            while (event != null && event.time() < from) {
                store.take();
                event = store.peek();
            }
            if (event != null) {
                heap[size] = store;
                times[size++] = event.time();
            }
        }
        for (int at = size / 2 - 1; at >= 0; at--) {
            sink(at, heap[at], times[at]);
        }
    }

    /** Returns whether another event follows. This is always the case, except for chains that never open. */
    public boolean hasNext() {
        return size > 0;
    }

    /** Returns the time of the next event. */
    public long nextTime() {
        return times[0];
    }

    public RetailEvent next() {
        StoreSimulation store = heap[0];
        RetailEvent event = store.take();
        RetailEvent following = store.peek();
        if (following != null) {
            if (following.time() != event.time()) {
                sink(0, store, following.time());
            }
        } else if (--size > 0) {
            sink(0, heap[size], times[size]);
        }
        return event;
    }

    private boolean isBefore(StoreSimulation one, long time, StoreSimulation other, long otherTime) {
        return time < otherTime || time == otherTime && one.store().index() < other.store().index();
    }

    private void sink(int from, StoreSimulation store, long time) {
        int at = from;
        int child = 2 * at + 1;
        while (child < size) {
            if (child + 1 < size && isBefore(heap[child + 1], times[child + 1], heap[child], times[child])) {
                child++;
            }
            if (!isBefore(heap[child], times[child], store, time)) {
                break;
            }
            heap[at] = heap[child];
            times[at] = times[child];
            at = child;
            child = 2 * at + 1;
        }
        heap[at] = store;
        times[at] = time;
    }
}
