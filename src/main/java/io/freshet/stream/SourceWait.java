package io.freshet.stream;

import java.time.Duration;

/**
 * How soon a source is asked again that had nothing: soon while records come now and then, less often when none do. Confined to
 * one thread.
 */
final class SourceWait {

    private static final long SHORTEST = Duration.ofMillis(1).toNanos();
    private static final long LONGEST = Duration.ofMillis(10).toNanos();

    private long next = SHORTEST;

    /**
     * In nanoseconds; longer each time.
     *
     * @param gathering whether there are records that wait for others, but not for long
     */
    long next(boolean gathering) {
        if (gathering) {
            return SHORTEST;
        }
        long wait = next;
        next = Math.min(LONGEST, 2 * next);
        return wait;
    }

    /** Says that there were records. */
    void reset() {
        next = SHORTEST;
    }
}
