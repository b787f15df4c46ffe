package io.freshet.stage;

import io.freshet.stats.Philox;

/**
 * Lets no more than so many records a second on, by the clock; of those that are too many, all are dropped or a sample goes on.
 * Which records are in the sample is a function of their positions.
 */
public final class Limit implements Stage {

    private static final double SECOND = 1000;

    private final double rate;
    private final double share;
    private final long[] words = new long[2];
    private double room;
    private long at = Long.MIN_VALUE;

    /**
     * @param rate records a second; a second's worth may come at once
     * @param share of the records that are too many that goes on all the same, 0 to 1
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
        at = Math.max(at, out.now());
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
