package io.freshet.sink.redis;

import java.time.Duration;
import java.util.Optional;

/**
 * Where in Redis the last records of a stream are stored: in one sorted set.
 *
 * @param key the key of the set, which belongs to this stream alone; empty for {@code freshet:recent:STREAM}
 * @param ttl how long the records stay after the last one was written
 * @param most the maximum number of records
 */
public record RedisTarget(Optional<String> key, Duration ttl, int most) {

    /** The upper limit for the maximum number of records of a stream. */
    public static final int MOST = 1_000_000;

    private static final String STANDARD_PREFIX = "freshet:recent:";

    public RedisTarget {
        if (ttl.toMillis() < 1 || most < 1 || most > MOST) {
            throw new IllegalArgumentException("records are kept for at least a millisecond, 1 to " + MOST + " of them");
        }
    }

    /** Returns the key of a stream's set. */
    public String keyOf(String stream) {
        return key.orElse(STANDARD_PREFIX + stream);
    }
}
