package io.freshet.stream.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import io.freshet.stream.delivery.StreamTime;

/** A clock that only advances while a thread waits; events can be scheduled on it. Confined to one thread. */
public final class VirtualTime implements StreamTime {

    private static final Instant ORIGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final long LONG = 100_000_000L;
    /** Monotonic clocks may be negative and overflow. */
    private static final long FIRST = -7_000_000_000L;

    private final TreeMap<Long, Runnable> arranged = new TreeMap<>();
    private long nanos = FIRST;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant now() {
        return ORIGIN.plusNanos(nanos - FIRST);
    }

    @Override
    public void park(long wait) {
        long end = nanos + wait;
        while (!arranged.isEmpty() && arranged.firstKey() <= end) {
            Map.Entry<Long, Runnable> next = arranged.pollFirstEntry();
            nanos = Math.max(nanos, next.getKey());
            next.getValue().run();
            if (wait > LONG) {
                // the event may have unparked the thread
                return;
            }
        }
        nanos = Math.max(nanos, end);
    }

    /** Schedules an event. */
    public void after(Duration wait, Runnable event) {
        long at = nanos + wait.toNanos();
        while (arranged.containsKey(at)) {
            at++;
        }
        arranged.put(at, event);
    }

    public double seconds() {
        return (nanos - FIRST) / 1e9;
    }
}
