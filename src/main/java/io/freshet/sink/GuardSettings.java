package io.freshet.sink;

import java.time.Duration;

/**
 * The resilience settings of a sink.
 *
 * @param timeout the time limit of one attempt
 * @param retries how often a failed attempt is retried
 * @param retryDelay the delay before the first retry, with a jitter of half the delay in both directions
 * @param backoffFactor the factor by which the delay grows with each further retry
 * @param breakerFailures the number of consecutive failed attempts after which the circuit breaker opens; 0 for no breaker
 * @param breakerDelay how long the circuit breaker stays open
 */
public record GuardSettings(Duration timeout, int retries, Duration retryDelay, int backoffFactor, int breakerFailures,
        Duration breakerDelay) {

    /** The default factor by which the delay grows. */
    public static final int DEFAULT_BACKOFF = 2;

    public GuardSettings {
        if (timeout.isNegative() || timeout.isZero() || retries < 0 || retryDelay.isNegative() || breakerFailures < 0
                || backoffFactor < 1
                || breakerDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "a guard needs a time-out, a back-off of at least 1, and nothing negative");
        }
    }

    /** Creates settings with the default back-off. */
    public GuardSettings(Duration timeout, int retries, Duration retryDelay, int breakerFailures, Duration breakerDelay) {
        this(timeout, retries, retryDelay, DEFAULT_BACKOFF, breakerFailures, breakerDelay);
    }
}
