package io.freshet.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts what clients ask for, each by a bucket that fills with so many tokens per second, and holds twice as many.
 * Thread-safe; of many clients those that were silent longest are forgotten, which gives them a full bucket.
 */
final class RequestRates {

    private static final int MOST_CLIENTS = 10_000;
    private static final double BURST_SECONDS = 2;

    /** Tokens, and when they were counted. */
    private static final class Bucket {
        private double tokens;
        private long nanos;

        Bucket(double tokens, long nanos) {
            this.tokens = tokens;
            this.nanos = nanos;
        }
    }

    private final int perSecond;
    private final LongSupplier clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, .75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    /**
     * @param perSecond 0 for any number
     * @param clock nanoseconds
     */
    RequestRates(int perSecond, LongSupplier clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** Whether this client may send one more now. */
    synchronized boolean allow(String client) {
        if (perSecond == 0) {
            return true;
        }
        long now = clock.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(client, key -> new Bucket(perSecond * BURST_SECONDS, now));
        bucket.tokens = Math.min(perSecond * BURST_SECONDS, bucket.tokens + (now - bucket.nanos) * 1e-9 * perSecond);
        bucket.nanos = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens -= 1;
        return true;
    }
}
