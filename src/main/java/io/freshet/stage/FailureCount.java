package io.freshet.stage;

/** Counts the records that failed and remembers the time of the last failure. One thread counts, any thread may read. */
final class FailureCount {

    private volatile long records;
    private volatile long lastAt = Long.MIN_VALUE;

    /**
     * @param now milliseconds since 1970
     */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    void add(long now) {
        records++;
        lastAt = now;
    }

    long records() {
        return records;
    }

    /**
     * @param moment milliseconds since 1970
     */
    boolean isAnySince(long moment) {
        long last = lastAt;
        return last != Long.MIN_VALUE && last >= moment;
    }
}
