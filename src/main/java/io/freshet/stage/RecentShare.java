package io.freshet.stage;

import java.time.Duration;

/** The share of the records of about the last minute that were counted. Not thread-safe. */
final class RecentShare {

    private static final long SLOT = Duration.ofSeconds(30).toMillis();

    private long slot = Long.MIN_VALUE;
    private long records;
    private long counted;
    private long recordsBefore;
    private long countedBefore;

    /**
     * @param now milliseconds since 1970
     */
    void add(long now, boolean isCounted) {
        turn(now);
        records++;
        counted += isCounted ? 1 : 0;
    }

    private void turn(long now) {
        long current = Math.floorDiv(now, SLOT);
        // the clock of a reading thread may be slightly ahead of that of the counting thread
        if (current == slot || current == slot - 1) {
            return;
        }
        boolean follows = current == slot + 1;
        recordsBefore = follows ? records : 0;
        countedBefore = follows ? counted : 0;
        records = 0;
        counted = 0;
        slot = current;
    }

    /**
     * @param now milliseconds since 1970
     * @return 0 to 1; 0 if there were no records
     */
    double share(long now) {
        turn(now);
        long all = records + recordsBefore;
        return all == 0 ? 0 : (counted + countedBefore) / (double) all;
    }
}
