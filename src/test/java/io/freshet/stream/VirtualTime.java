package io.freshet.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Time that passes only while somebody waits; things can be arranged to happen. Confined to one thread. */
final class VirtualTime implements StreamTime {

    private static final Instant ORIGIN = Instant.parse("2026-03-01T12:00:00Z");
    /** A steady clock may be negative and wrap. */
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
        }
        nanos = Math.max(nanos, end);
    }

    /** Has something happen so long from now. */
    void after(Duration wait, Runnable event) {
        long at = nanos + wait.toNanos();
        while (arranged.containsKey(at)) {
            at++;
        }
        arranged.put(at, event);
    }

    double seconds() {
        return (nanos - FIRST) / 1e9;
    }
}
