package io.freshet.source.chaos;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.Philox;

/** Decides what happens to each record, as a function of the seed and its index. */
final class FaultPlan {

    /** The maximum number of records by which a record is delayed. */
    static final int MAX_DELAY = 2_000;
    private static final int MIN_LATE = 100;
    private static final int MAX_OUT_OF_ORDER = 16;
    private static final int TAG = 0xC4A05;

    /**
     * @param now whether the record is emitted at its place
     * @param later whether the record is emitted, or emitted again, {@code delay} records later
     * @param change how the record is changed
     * @param label null for a record that is unaffected
     */
    record Fate(boolean now, boolean later, int delay, Change change, @Nullable String label) {
        boolean isAlone() {
            return now && label == null;
        }

        boolean isDropped() {
            return !now && !later;
        }
    }

    /** How a record is changed. */
    enum Change {
        NONE,
        CUT,
        RENAME
    }

    private static final Fate ALONE = new Fate(true, false, 0, Change.NONE, null);
    private static final Fate DROPPED = new Fate(false, false, 0, Change.NONE, null);
    private static final Fate CORRUPT = new Fate(true, false, 0, Change.CUT, "corrupt");
    private static final Fate DRIFTED = new Fate(true, false, 0, Change.RENAME, "schema_drift");

    private final ChaosSettings settings;
    private final @Nullable PhaseFactors factors;
    private final long[] words = new long[2];

    FaultPlan(ChaosSettings settings) {
        this.settings = settings;
        this.factors = settings.phases().isEmpty() ? null : new PhaseFactors(settings.phases(), this);
    }

    Fate of(long index) {
        return of(index, factors == null ? 1 : factors.at(index));
    }

    /** @param factor multiplies the shares of all faults */
    Fate of(long index, double factor) {
        if (factor == 0) {
            return ALONE;
        }
        Philox.words(index, 0, TAG, settings.seed(), words);
        double place = Philox.uniform(words[0]) / factor;
        if ((place -= settings.drop()) < 0) {
            return DROPPED;
        }
        if ((place -= settings.corrupt()) < 0) {
            return CORRUPT;
        }
        if ((place -= settings.drift()) < 0) {
            return DRIFTED;
        }
        if ((place -= settings.late()) < 0) {
            return new Fate(false, true, MIN_LATE + below(MAX_DELAY - MIN_LATE), Change.NONE, "late");
        }
        if ((place -= settings.outOfOrder()) < 0) {
            return new Fate(false, true, 1 + below(MAX_OUT_OF_ORDER), Change.NONE, "out_of_order");
        }
        if ((place -= settings.duplicate()) < 0) {
            return new Fate(true, true, below(MAX_OUT_OF_ORDER), Change.NONE, "duplicate");
        }
        return ALONE;
    }

    /** Returns how many records directly before an index are dropped, back to the last unaffected one. */
    int droppedBefore(long index) {
        int dropped = 0;
        for (long i = index - 1; i >= 0 && !of(i).isAlone(); i--) {
            dropped += of(i).isDropped() ? 1 : 0;
        }
        return dropped;
    }

    private int below(int bound) {
        return (int) Long.remainderUnsigned(words[1], bound);
    }
}
