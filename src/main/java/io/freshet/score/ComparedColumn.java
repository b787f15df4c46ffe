package io.freshet.score;

import java.util.List;

/**
 * The values of one column in two tables, real and synthetic, in a form that scores are computed from.
 */
sealed interface ComparedColumn {

    String name();

    /** The same column, with the rows of a real table drawn again, as if they were synthetic. */
    ComparedColumn resampled(int[] rows);

    /**
     * Numbers and dates.
     *
     * @param real NaN where missing
     * @param synthetic NaN where missing
     */
    @SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
    record Continuous(String name, double[] real, double[] synthetic) implements ComparedColumn {
        @Override
        public ComparedColumn resampled(int[] rows) {
            double[] drawn = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                drawn[i] = real[rows[i]];
            }
            return new Continuous(name, real, drawn);
        }
    }

    /**
     * Categories and booleans.
     *
     * @param labels the different values of the two tables; their places are their codes
     * @param real −1 where missing
     * @param synthetic −1 where missing
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Discrete(String name, List<String> labels, int[] real, int[] synthetic) implements ComparedColumn {

        int levels() {
            return labels.size();
        }

        @Override
        public ComparedColumn resampled(int[] rows) {
            int[] drawn = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                drawn[i] = real[rows[i]];
            }
            return new Discrete(name, labels, real, drawn);
        }
    }
}
