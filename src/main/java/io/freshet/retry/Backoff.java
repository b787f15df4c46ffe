package io.freshet.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Delays before further attempts, which double with each consecutive failure.
 *
 * @param first the delay after the first failure
 * @param longest the maximum delay
 */
public record Backoff(Duration first, Duration longest) {

    /** Returns the delay after a number of consecutive failures, at least one. */
    public Duration after(int failures) {
        // doubles cannot overflow here
        return Duration.ofNanos((long) Math.min(longest.toNanos(), Math.scalb((double) first.toNanos(), failures - 1)));
    }

    /**
     * Returns a random delay of at least half of {@link #after} and at most all of it, so that those that failed together do
     * not make their next attempts together.
     */
    public Duration jitteredAfter(int failures) {
        long most = after(failures).toNanos();
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
