package io.freshet.score;

import java.util.List;

/** The values of one column in a real and a synthetic table, in the form that the scores are computed from. */
sealed interface ComparedColumn {

    String name();

    /** Returns the column with real rows, given by their indexes, in place of the synthetic ones. */
    ComparedColumn resampled(int[] rows);

    /** Returns the column with the synthetic rows of another one, in the same codes, in place of the real ones. */
    ComparedColumn against(ComparedColumn other);

    /** Returns the column with real and synthetic rows exchanged. */
    ComparedColumn swapped();

    /** Returns the column with these real and these synthetic rows, given by their indexes. */
    ComparedColumn rows(int[] ofReal, int[] ofSynthetic);

    private static double[] picked(double[] from, int[] rows) {
        double[] some = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            some[i] = from[rows[i]];
        }
        return some;
    }

    private static int[] picked(int[] from, int[] rows) {
        int[] some = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            some[i] = from[rows[i]];
        }
        return some;
    }

    /** Returns the number of real rows. */
    int realRows();

    /** Returns the number of synthetic rows. */
    int syntheticRows();

    /**
     * A column of numbers or dates.
     *
     * @param real the real values; NaN where missing
     * @param synthetic the synthetic values; NaN where missing
     */
    @SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
    record Continuous(String name, double[] real, double[] synthetic) implements ComparedColumn {
        @Override
        public ComparedColumn resampled(int[] rows) {
            return new Continuous(name, real, picked(real, rows));
        }

        @Override
        public ComparedColumn against(ComparedColumn other) {
            return new Continuous(name, ((Continuous) other).synthetic, synthetic);
        }

        @Override
        public ComparedColumn swapped() {
            return new Continuous(name, synthetic, real);
        }

        @Override
        public ComparedColumn rows(int[] ofReal, int[] ofSynthetic) {
            return new Continuous(name, picked(real, ofReal), picked(synthetic, ofSynthetic));
        }

        @Override
        public int realRows() {
            return real.length;
        }

        @Override
        public int syntheticRows() {
            return synthetic.length;
        }
    }

    /**
     * A column of categories or booleans.
     *
     * @param labels the distinct values of the two tables; the index of a value is its code
     * @param real the real codes; −1 where missing
     * @param synthetic the synthetic codes; −1 where missing
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Discrete(String name, List<String> labels, int[] real, int[] synthetic) implements ComparedColumn {

        int levels() {
            return labels.size();
        }

        @Override
        public ComparedColumn resampled(int[] rows) {
            return new Discrete(name, labels, real, picked(real, rows));
        }

        @Override
        public ComparedColumn against(ComparedColumn other) {
            return new Discrete(name, labels, ((Discrete) other).synthetic, synthetic);
        }

        @Override
        public ComparedColumn swapped() {
            return new Discrete(name, labels, synthetic, real);
        }

        @Override
        public ComparedColumn rows(int[] ofReal, int[] ofSynthetic) {
            return new Discrete(name, labels, picked(real, ofReal), picked(synthetic, ofSynthetic));
        }

        @Override
        public int realRows() {
            return real.length;
        }

        @Override
        public int syntheticRows() {
            return synthetic.length;
        }
    }
}
