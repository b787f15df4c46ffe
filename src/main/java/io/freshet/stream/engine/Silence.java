package io.freshet.stream.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures for how long a source has been polled without returning records. The time between two polls counts at most as the
 * longest pause that a stream makes, because a process that was suspended, or whose clock was set, was not polling. Confined to
 * one thread.
 */
final class Silence {

    private static final long MAX_STEP = Duration.ofMillis(200).toNanos();

    private long nanos;
    private long askedAt;

    Silence(long now) {
        this.askedAt = now;
    }

    /** The source was polled and returned nothing. */
    void hadNothing(long now) {
        nanos += Math.max(0, Math.min(MAX_STEP, now - askedAt));
        askedAt = now;
    }

    /** The source was not polled, because the stream could not accept records. */
    void notAsked(long now) {
        askedAt = now;
    }

    /** The source returned records. */
    void hadRecords(long now) {
        nanos = 0;
        askedAt = now;
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
