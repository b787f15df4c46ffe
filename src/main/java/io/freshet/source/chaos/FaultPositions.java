package io.freshet.source.chaos;

import java.util.function.LongFunction;

/**
 * Finds the index in the source of a record that chaos has moved, by replaying the fates of all records before it. Positions
 * must not decrease. Not thread-safe.
 */
final class FaultPositions {

    /** The number of records that are emitted before the record of an index is processed. */
    record Place(long index, long position) {
    }

    private final LongFunction<FaultPlan.Fate> fates;
    private final int[] due = new int[FaultPlan.MAX_DELAY + 1];
    private long index;
    private long come;

    FaultPositions(ChaosSettings settings) {
        this(new FaultPlan(settings)::of);
    }

    FaultPositions(LongFunction<FaultPlan.Fate> fates) {
        this.fates = fates;
    }

    /**
     * Returns the last place with at most {@code position} records before it. Takes time in proportion to the distance from the
     * previous place.
     */
    Place find(long position) {
        while (come + comeWith(fates.apply(index)) <= position) {
            step();
        }
        return new Place(index, come);
    }

    /** Returns the place that was reached. */
    Place place() {
        return new Place(index, come);
    }

    /** Returns the place of an index. */
    Place at(long wanted) {
        while (index < wanted) {
            step();
        }
        return new Place(index, come);
    }

    /** Returns how many records are emitted when the next one is processed. */
    private int comeWith(FaultPlan.Fate fate) {
        return (fate.now() ? 1 : 0) + (fate.later() && fate.delay() == 0 ? 1 : 0) + due[(int) (index % due.length)];
    }

    private void step() {
        FaultPlan.Fate fate = fates.apply(index);
        come += comeWith(fate);
        due[(int) (index % due.length)] = 0;
        if (fate.later() && fate.delay() > 0) {
            due[(int) ((index + fate.delay()) % due.length)]++;
        }
        index++;
    }
}
