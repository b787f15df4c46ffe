package io.freshet.sink;

import java.time.Duration;

/**
 * How a sink is guarded.
 *
 * @param timeout how long one attempt may take
 * @param retries how often a failed attempt is repeated
 * @param retryDelay how long the first repetition waits, give or take half of it; each further one twice as long
 * @param breakerFailures after how many failed attempts in a row the sink is left alone
 * @param breakerDelay for how long
 */
public record GuardSettings(Duration timeout, int retries, Duration retryDelay, int breakerFailures, Duration breakerDelay) {

    public GuardSettings {
        if (timeout.isNegative() || timeout.isZero() || retries < 0 || retryDelay.isNegative() || breakerFailures < 1
                || breakerDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "a guard needs a time-out, at least one failure to open its breaker, and nothing negative");
        }
    }
}
