package io.freshet.retail;

/**
 * The expected number of visitors by each time of a day. The curve is piecewise linear, with a piece for each full or
 * partial hour between opening and the last entry. Times are milliseconds of the day. Immutable.
 */
final class FootfallCurve {

    static final int HOUR = 3_600_000;

    private final int[] times;
    private final double[] expected;

    private FootfallCurve(int[] times, double[] expected) {
        this.times = times;
        this.expected = expected;
    }

    /**
     * @param hours the relative weights of the hours of the day
     * @param visits the expected number of visits in total
     */
    static FootfallCurve of(int open, int lastEntry, double[] hours, double visits) {
        int pieces = (lastEntry - 1) / HOUR - open / HOUR + 1;
        int[] times = new int[pieces + 1];
        double[] weights = new double[pieces];
        double sum = 0;
        for (int i = 0; i < pieces; i++) {
            int hour = open / HOUR + i;
            times[i] = Math.max(open, hour * HOUR);
            times[i + 1] = Math.min(lastEntry, (hour + 1) * HOUR);
            weights[i] = hours[hour] * (times[i + 1] - times[i]) / HOUR;
            sum += weights[i];
        }
        double[] expected = new double[pieces + 1];
        for (int i = 0; i < pieces; i++) {
            double part = sum > 0 ? weights[i] / sum : (times[i + 1] - times[i]) / (double) (lastEntry - open);
            expected[i + 1] = expected[i] + part * visits;
        }
        return new FootfallCurve(times, expected);
    }

    /** Returns the expected number of visitors in total. */
    double total() {
        return expected[expected.length - 1];
    }

    /** Returns the expected number of visitors before a time. */
    double before(int time) {
        for (int i = 1; i < times.length; i++) {
            if (time <= times[i]) {
                double within = Math.max(0, time - times[i - 1]) / (double) (times[i] - times[i - 1]);
                return expected[i - 1] + within * (expected[i] - expected[i - 1]);
            }
        }
        return total();
    }

    /**
     * Returns the time by which {@code count} visitors are expected.
     *
     * @param count less than the total
     */
    int timeOf(double count) {
        int piece = 0;
        while (piece < times.length - 2 && expected[piece + 1] <= count) {
            piece++;
        }
        double width = expected[piece + 1] - expected[piece];
        double within = width > 0 ? (count - expected[piece]) / width : 0;
        return times[piece] + (int) Math.min(times[piece + 1] - times[piece] - 1L,
                (long) (within * (times[piece + 1] - times[piece])));
    }
}
