package io.freshet.stream.load;

/** Finds the time at which a shape reaches a count, by bisection. */
final class Inversion {

    private static final long FIRST_STEP = 1_000_000;
    private static final long TOLERANCE = 10_000;
    /** A shape that has not reached the count after a year is taken never to reach it. */
    private static final long LIMIT = 365L * 86_400 * 1_000_000_000L;

    private Inversion() {
    }

    static long nanosOf(LoadShape shape, double records, long from) {
        if (shape.records(from) >= records) {
            return from;
        }
        long below = from;
        long step = FIRST_STEP;
        while (shape.records(below + step) < records) {
            below += step;
            step *= 2;
            if (below + step > LIMIT) {
                return Long.MAX_VALUE;
            }
        }
        long above = below + step;
        while (above - below > TOLERANCE) {
            long middle = below + (above - below) / 2;
            if (shape.records(middle) < records) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }
}
