package io.freshet.stage;

import io.freshet.stats.Philox;

/**
 * Limits the rate of records by the clock. Records above the rate are dropped, except for an optional sample of them. The
 * sample is a function of the records' positions.
 */
public final class Limit implements Stage {

    private static final double SECOND = 1000;

    private final double rate;
    private final double share;
    private final long[] words = new long[2];
    private double room;
    private long at = Long.MIN_VALUE;

    /**
     * @param rate the maximum number of records per second, which is also the maximum burst
     * @param share the share of the records above the rate that is passed on nevertheless, 0 to 1
     */
    public Limit(double rate, double share) {
        this.rate = rate;
        this.share = share;
        this.room = Math.max(1, rate);
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        if (at != Long.MIN_VALUE && out.now() > at) {
            room = Math.min(Math.max(1, rate), room + (out.now() - at) / SECOND * rate);
        }
        // also when the clock was set back: otherwise no record would pass until the clock has caught up
        at = out.now();
        if (room >= 1) {
            room--;
            out.emit(record);
        } else if (isInSample(record)) {
            out.emit(record);
        } else {
            out.drop(record);
        }
    }

    private boolean isInSample(StageRecord record) {
        Philox.words(record.position(), 0, 0, 0, words);
        return (words[0] >>> 11) * 0x1p-53 < share;
    }
}
