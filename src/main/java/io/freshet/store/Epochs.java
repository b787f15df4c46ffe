package io.freshet.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Epochs of the owners of entries. None comes twice, although an entry and its epoch may be deleted in between. */
final class Epochs {

    // two claims within a tick of the clock, or before and after it is set back, must differ
    private static final AtomicLong LAST = new AtomicLong();

    private Epochs() {
    }

    /**
     * Returns the epoch that follows another one: greater than it and than each one returned before, and the current time in
     * microseconds since 1970 unless the clock is behind.
     */
    static long after(long epoch) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return LAST.updateAndGet(last -> Math.max(Math.max(last, epoch) + 1, now));
    }
}
