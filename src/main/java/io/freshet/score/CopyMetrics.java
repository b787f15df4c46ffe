package io.freshet.score;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.stats.Permutation;
import io.freshet.stats.RocCurve;

/**
 * Measures whether the model memorised its training rows: whether synthetic rows are closer to training rows than to the same
 * number of rows that the model has not seen, and whether they equal training rows. A difference of numbers counts as a
 * fraction, at most 1, of the range of the middle 98 % of the training rows. Categories and missing values are either equal (0)
 * or not (1).
 */
final class CopyMetrics {

    private static final int MAX_PROBES = 1_000;
    private static final int MAX_ROWS = 8_000;
    private static final double MAX_CELLS = 2e9;
    private static final double TRIM = .01;
    private static final long SEED = 0xc105e2L;

    private CopyMetrics() {
    }

    /**
     * Returns the share of synthetic rows that are closer to a training row than to a real one. Ties count half. Both tables
     * are sampled to the same size.
     *
     * @param toReal the synthetic rows against real rows that the model has not seen
     * @param toTraining the same synthetic rows against the training rows
     */
    static double closer(List<ComparedColumn> toReal, List<ComparedColumn> toTraining) {
        double[] ranges = ranges(toTraining);
        int probes = Math.min(MAX_PROBES, toReal.get(0).syntheticRows());
        int allowed = (int) Math.min(MAX_ROWS, MAX_CELLS / ((double) MAX_PROBES * ranges.length));
        int rows = Math.min(allowed, Math.min(toReal.get(0).realRows(), toTraining.get(0).realRows()));
        double[] training = PrivacyMetrics.distances(RowSelection.sample(toTraining, rows, probes, SEED), probes, ranges);
        double[] real = PrivacyMetrics.distances(RowSelection.sample(toReal, rows, probes, SEED), probes, ranges);
        double closer = 0;
        for (int i = 0; i < probes; i++) {
            closer += training[i] < real[i] ? 1 : training[i] == real[i] ? .5 : 0;
        }
        return closer / probes;
    }

    /**
     * Returns how well an attacker who has only synthetic rows tells training rows from rows that the model has not seen, by
     * the distance to the closest synthetic row: the area under the ROC curve, .5 if not at all.
     *
     * @param toReal the synthetic rows against real rows that the model has not seen
     * @param toTraining the same synthetic rows against the training rows
     */
    static double membership(List<ComparedColumn> toReal, List<ComparedColumn> toTraining) {
        double[] ranges = ranges(toTraining);
        double[] members = closeness(toTraining, ranges);
        double[] others = closeness(toReal, ranges);
        return RocCurve.area(others, members);
    }

    /** Returns for real rows minus the distance to the closest synthetic row. */
    private static double[] closeness(List<ComparedColumn> columns, double[] ranges) {
        List<ComparedColumn> swapped = columns.stream().map(ComparedColumn::swapped).toList();
        int probes = Math.min(MAX_PROBES, columns.get(0).realRows());
        int allowed = (int) Math.min(MAX_ROWS, MAX_CELLS / ((double) MAX_PROBES * ranges.length));
        double[] distances = PrivacyMetrics.distances(RowSelection.sample(swapped, allowed, probes, SEED), probes, ranges);
        return Arrays.stream(distances).map(distance -> -distance).toArray();
    }

    /**
     * Returns the floor of {@link #closer}: the same share for one half of the real rows, compared with the training rows and
     * with the other half. It is about .5 unless the tables differ, for example in time.
     *
     * @param trained the real rows, with the training rows as the synthetic ones
     */
    static double floor(List<ComparedColumn> trained) {
        List<ComparedColumn> halves = Detection.halves(trained);
        int[] all = IntStream.range(0, trained.get(0).syntheticRows()).toArray();
        List<ComparedColumn> toTraining = IntStream.range(0, trained.size())
                .mapToObj(c -> halves.get(c).against(trained.get(c).rows(new int[0], all))).toList();
        return closer(halves, toTraining);
    }

    private static double[] ranges(List<ComparedColumn> columns) {
        return columns.stream().mapToDouble(column -> {
            if (!(column instanceof ComparedColumn.Continuous numbers)) {
                return 0;
            }
            double[] sorted = ColumnMetrics.sortedValues(numbers.real());
            int last = sorted.length - 1;
            double range = last < 0 ? 0 : sorted[(int) ((1 - TRIM) * last)] - sorted[(int) (TRIM * last)];
            return range > 0 ? range : 1;
        }).toArray();
    }

    /** Returns the share of synthetic rows that equal a real row in all columns. */
    static double copies(List<ComparedColumn> columns) {
        long[] real = hashes(columns, PrivacyMetrics.Side.REAL);
        long[] made = hashes(columns, PrivacyMetrics.Side.SYNTHETIC);
        Arrays.sort(real);
        return Arrays.stream(made).filter(hash -> Arrays.binarySearch(real, hash) >= 0).count() / (double) made.length;
    }

    /** Returns the share of real rows that equal a training row. */
    static double copiesFloor(List<ComparedColumn> trained) {
        return copies(trained.stream().map(CopyMetrics::swapped).toList());
    }

    private static ComparedColumn swapped(ComparedColumn column) {
        if (column instanceof ComparedColumn.Continuous numbers) {
            return new ComparedColumn.Continuous(column.name(), numbers.synthetic(), numbers.real());
        }
        ComparedColumn.Discrete codes = (ComparedColumn.Discrete) column;
        return new ComparedColumn.Discrete(column.name(), codes.labels(), codes.synthetic(), codes.real());
    }

    /** Returns a hash of 64 bits for each row, so that even among millions of rows collisions are very rare. */
    private static long[] hashes(List<ComparedColumn> columns, PrivacyMetrics.Side side) {
        long[] hashes = new long[0];
        for (ComparedColumn column : columns) {
            double[] cells = side.cells(column);
            hashes = hashes.length == 0 ? new long[cells.length] : hashes;
            for (int row = 0; row < cells.length; row++) {
                hashes[row] = Permutation.mix(hashes[row] * 31 + Double.doubleToLongBits(cells[row] + 0.0));
            }
        }
        return hashes;
    }
}
