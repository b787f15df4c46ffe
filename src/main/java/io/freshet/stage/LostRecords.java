package io.freshet.stage;

import java.time.Duration;

/**
 * Counts the records that a stage has dropped or rejected since it last passed one on, and judges whether that can still be
 * chance. One thread counts, any thread may read.
 */
final class LostRecords {

    /** A stage that has never passed a record on blocks after this many records, or after a minute with at least a few. */
    private static final long MANY = 1_000;
    private static final long FEW = 20;
    /** A stage that passes one record in n on is suspicious after this many times n records; chance does it once in 22,000. */
    private static final double TIMES_EXPECTED = 10;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private volatile long passed;
    private volatile long lost;
    private volatile long inARow;
    private volatile long since;
    private volatile long lastAt;
    private volatile boolean rejected;

    /** Counts a record that the stage passed on. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    void passed() {
        passed++;
        inARow = 0;
    }

    /**
     * Counts a record that the stage dropped or rejected.
     *
     * @param now milliseconds since 1970
     */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    void lost(long now, boolean isRejected) {
        if (inARow == 0) {
            since = now;
        }
        lost++;
        inARow++;
        lastAt = now;
        rejected = isRejected;
    }

    /** Returns how many records in a row were lost. */
    long inARow() {
        return inARow;
    }

    /** Returns whether the last of them was rejected rather than dropped. */
    boolean isRejected() {
        return rejected;
    }

    /**
     * Returns whether the stage passes nothing on, although records reached it in the last minute.
     *
     * @param now milliseconds since 1970
     */
    boolean isBlocking(long now) {
        long row = inARow;
        if (row < FEW || now - lastAt > MINUTE) {
            return false;
        }
        boolean isLong = lastAt - since >= MINUTE;
        long before = passed;
        return before == 0 ? row >= MANY || isLong : isLong && row >= TIMES_EXPECTED * (before + lost - row) / before;
    }
}
