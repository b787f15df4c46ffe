package io.freshet.stream.engine;

import java.time.Duration;

/**
 * Decides how soon a source that had no records is polled again: soon while records arrive now and then, less often while none
 * do. Confined to one thread.
 */
final class SourceWait {

    private static final long SHORTEST = Duration.ofMillis(1).toNanos();
    private static final long LONGEST = Duration.ofMillis(10).toNanos();

    private long next = SHORTEST;

    /**
     * Returns the delay in nanoseconds; it grows with each call.
     *
     * @param gathering whether some records are held back briefly so that others can join them
     */
    long next(boolean gathering) {
        if (gathering) {
            return SHORTEST;
        }
        long wait = next;
        next = Math.min(LONGEST, 2 * next);
        return wait;
    }

    /** Notes that there were records, so that the delay is short again. */
    void reset() {
        next = SHORTEST;
    }
}
