package io.freshet.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits the request rate of each client with a token bucket, which is refilled at a fixed rate and holds two seconds' worth of
 * tokens. If there are too many clients, the one that was silent longest is evicted, which refills its bucket. Thread-safe.
 * <p>
 * The rate limits of SmallRye Fault Tolerance do not allow such bursts: the smooth one lets a new client send one request, so
 * that a page of the console would not load; the rolling one keeps the time of each request of each client.
 */
final class RequestRates {

    private static final int MAX_CLIENTS = 10_000;
    private static final double BURST_SECONDS = 2;

    /** A number of tokens and the time at which it was computed. */
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
            return size() > MAX_CLIENTS;
        }
    };

    /**
     * @param perSecond the rate per second; 0 for no limit
     * @param clock a clock in nanoseconds
     */
    RequestRates(int perSecond, LongSupplier clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** Returns whether this client may send another request now, and takes a token if so. */
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
