package io.freshet.sink;

import java.time.Duration;
import java.util.Optional;

/**
 * Where in Redis the last records of a stream are kept: in one sorted set.
 *
 * @param key of the set, of this stream alone; empty for {@code freshet:recent:STREAM}
 * @param ttl for how long they stay when no more come
 * @param most how many are kept
 */
public record RedisTarget(Optional<String> key, Duration ttl, int most) {

    /** The most records that may be kept of a stream. */
    public static final int MOST = 1_000_000;

    private static final String STANDARD_PREFIX = "freshet:recent:";

    public RedisTarget {
        if (ttl.toMillis() < 1 || most < 1 || most > MOST) {
            throw new IllegalArgumentException("records are kept for at least a millisecond, 1 to " + MOST + " of them");
        }
    }

    /** The key of the set of a stream. */
    public String keyOf(String stream) {
        return key.orElse(STANDARD_PREFIX + stream);
    }
}
