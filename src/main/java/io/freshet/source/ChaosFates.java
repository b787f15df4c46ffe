package io.freshet.source;

import org.jspecify.annotations.Nullable;

import io.freshet.stats.Philox;

/** What happens to each record: a function of the seed and its index. */
final class ChaosFates {

    /** So many records later a record comes at the most. */
    static final int MOST_DELAY = 2_000;
    private static final int LEAST_LATE = 100;
    private static final int MOST_OUT_OF_ORDER = 16;
    private static final int TAG = 0xC4A05;

    /**
     * @param now whether it comes in its place
     * @param later whether it comes, or comes again, {@code delay} records later
     * @param change what is done to it
     * @param label null for a record that is left alone
     */
    record Fate(boolean now, boolean later, int delay, Change change, @Nullable String label) {
    }

    /** What is done to a record. */
    enum Change {
        NONE,
        CUT,
        RENAME
    }

    /** Before the record of an index has been looked at, so many records have come. */
    record Place(long index, long position) {
    }

    private static final Fate ALONE = new Fate(true, false, 0, Change.NONE, null);
    private static final Fate DROPPED = new Fate(false, false, 0, Change.NONE, null);
    private static final Fate CORRUPT = new Fate(true, false, 0, Change.CUT, "corrupt");
    private static final Fate DRIFTED = new Fate(true, false, 0, Change.RENAME, "schema_drift");

    private final ChaosSettings settings;
    private final long[] words = new long[2];

    ChaosFates(ChaosSettings settings) {
        this.settings = settings;
    }

    Fate of(long index) {
        Philox.words(index, 0, TAG, settings.seed(), words);
        double place = Philox.uniform(words[0]);
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
            return new Fate(false, true, LEAST_LATE + below(MOST_DELAY - LEAST_LATE), Change.NONE, "late");
        }
        if ((place -= settings.outOfOrder()) < 0) {
            return new Fate(false, true, 1 + below(MOST_OUT_OF_ORDER), Change.NONE, "out_of_order");
        }
        if ((place -= settings.duplicate()) < 0) {
            return new Fate(true, true, below(MOST_OUT_OF_ORDER), Change.NONE, "duplicate");
        }
        return ALONE;
    }

    private int below(int bound) {
        return (int) Long.remainderUnsigned(words[1], bound);
    }

    /** A place with at most {@code position} records before it and not many fewer; takes time in proportion to the position. */
    Place find(long position) {
        long index = 0;
        long come = 0;
        int[] due = new int[MOST_DELAY + 1];
        while (true) {
            Fate fate = of(index);
            int slot = (int) (index % due.length);
            if (fate.later()) {
                due[(int) ((index + fate.delay()) % due.length)]++;
            }
            int more = (fate.now() ? 1 : 0) + due[slot];
            if (come + more > position) {
                return new Place(index, come);
            }
            due[slot] = 0;
            come += more;
            index++;
        }
    }
}
