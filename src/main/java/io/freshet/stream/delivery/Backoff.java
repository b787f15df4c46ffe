package io.freshet.stream.delivery;

import java.time.Duration;

/** The delays before a failed batch is retried: the first and the longest. */
public record Backoff(Duration first, Duration longest) {
    long after(int failures) {
        // doubles cannot overflow here
        return (long) Math.min(longest.toNanos(), Math.scalb((double) first.toNanos(), failures - 1));
    }
}
