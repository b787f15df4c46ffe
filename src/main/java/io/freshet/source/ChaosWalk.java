package io.freshet.source;

/**
 * Finds where in a source a record is that chaos has moved, by going through the fates of all records before it. Positions only
 * grow. Not thread-safe.
 */
final class ChaosWalk {

    /** Before the record of an index has been looked at, so many records have come. */
    record Place(long index, long position) {
    }

    private final ChaosFates fates;
    private final int[] due = new int[ChaosFates.MOST_DELAY + 1];
    private long index;
    private long come;

    ChaosWalk(ChaosSettings settings) {
        this.fates = new ChaosFates(settings);
    }

    /** The last place with at most {@code position} records before it; takes time in proportion to the way there. */
    Place find(long position) {
        while (come + comeWith(fates.of(index)) <= position) {
            step();
        }
        return new Place(index, come);
    }

    /** The place of an index. */
    Place at(long wanted) {
        while (index < wanted) {
            step();
        }
        return new Place(index, come);
    }

    /** How many records come when the next one has been looked at. */
    private int comeWith(ChaosFates.Fate fate) {
        return (fate.now() ? 1 : 0) + (fate.later() && fate.delay() == 0 ? 1 : 0) + due[(int) (index % due.length)];
    }

    private void step() {
        ChaosFates.Fate fate = fates.of(index);
        come += comeWith(fate);
        due[(int) (index % due.length)] = 0;
        if (fate.later() && fate.delay() > 0) {
            due[(int) ((index + fate.delay()) % due.length)]++;
        }
        index++;
    }
}
