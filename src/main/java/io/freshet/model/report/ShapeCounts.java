package io.freshet.model.report;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.KnownColumn;
import io.freshet.model.marginal.PartColumn;
import io.freshet.model.marginal.StepValues;
import io.freshet.model.marginal.TextValues;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextVector;

/**
 * Counts how many values of a column fall into each of some bins, compared with the expected share; the last bin is for missing
 * values.
 */
final class ShapeCounts {

    private static final int BINS = 32;
    /** The mean of √n times the Kolmogorov–Smirnov statistic of n values: √(π/2) · ln 2. */
    private static final double KOLMOGOROV_MEAN = .8687;

    private final int index;
    private final String name;
    private final boolean categories;
    /** The greatest number of each bin except the last; empty if values are codes, each of which is a bin. */
    private final double[] edges;
    /** The expected shares of the bins among the values, and of missing values among all rows. */
    private final double[] expected;
    private final double missing;
    private long[] counts;
    private long[] before;

    private ShapeCounts(int index, Column column, double[] edges, double[] expected, double missing) {
        this.index = index;
        this.name = column.name();
        this.categories = column.type() instanceof ColumnType.Categorical
                || column.type() instanceof ColumnType.Bool;
        this.edges = edges;
        this.expected = expected;
        this.missing = missing;
        this.counts = new long[expected.length + 1];
        this.before = new long[expected.length + 1];
    }

    /** Expects the distribution of a model; empty for texts and keys. */
    static Optional<ShapeCounts> of(int index, ColumnModel column) {
        if (column.values() instanceof TextValues) {
            return Optional.empty();
        }
        if (column.values() instanceof StepValues steps) {
            double[] expected = new double[steps.dictionary().size()];
            for (int step = 0; step < steps.marginal().size(); step++) {
                expected[steps.code(step)] += steps.marginal().share(step);
            }
            return Optional.of(new ShapeCounts(index, column.column(), new double[0], expected, column.missingShare()));
        }
        PartColumn values = KnownColumn.of(column).values();
        return Optional.of(ofNumbers(index, column.column(), values.numbers(), values.masses(), column.missingShare()));
    }

    /** Expects the distribution of rows. */
    static Optional<ShapeCounts> of(int index, Column column, RowBatch rows) {
        ColumnVector vector = rows.vector(index);
        int size = rows.size();
        double[] values = new double[size];
        int present = 0;
        for (int row = 0; row < size; row++) {
            if (!vector.isMissing(row) && !(vector instanceof TextVector)) {
                values[present++] = value(vector, row);
            }
        }
        if (present == 0) {
            return Optional.empty();
        }
        double missing = 1 - present / (double) size;
        double each = 1.0 / present;
        if (vector instanceof CodedVector coded) {
            double[] expected = new double[coded.dictionary().size()];
            Arrays.stream(values, 0, present).forEach(code -> expected[(int) code] += each);
            return Optional.of(new ShapeCounts(index, column, new double[0], expected, missing));
        }
        double[] sorted = Arrays.copyOf(values, present);
        Arrays.sort(sorted);
        return Optional
                .of(ofNumbers(index, column, sorted, DoubleStream.generate(() -> each).limit(present).toArray(), missing));
    }

    private static double value(ColumnVector vector, int row) {
        return vector instanceof CodedVector coded ? coded.codes()[row]
                : vector instanceof NumberVector numbers ? numbers.values()[row] : ((FloatingVector) vector).values()[row];
    }

    /** @param numbers ascending */
    private static ShapeCounts ofNumbers(int index, Column column, double[] numbers, double[] masses, double missing) {
        double[] edges = new double[BINS - 1];
        double[] expected = new double[BINS];
        int used = 0;
        double inBin = 0;
        double cumulated = 0;
        for (int i = 0; i < numbers.length; i++) {
            inBin += masses[i];
            cumulated += masses[i];
            boolean ends = i + 1 < numbers.length && numbers[i + 1] > numbers[i];
            if (ends && used < BINS - 1 && cumulated >= (used + 1.0) / BINS) {
                edges[used] = numbers[i];
                expected[used++] = inBin;
                inBin = 0;
            }
        }
        expected[used] = inBin;
        return new ShapeCounts(index, column, Arrays.copyOf(edges, used), Arrays.copyOf(expected, used + 1), missing);
    }

    void count(RowBatch rows) {
        ColumnVector vector = rows.vector(index);
        int size = rows.size();
        if (vector instanceof CodedVector coded) {
            int[] codes = coded.codes();
            for (int row = 0; row < size; row++) {
                counts[codes[row]]++;
            }
        } else if (vector instanceof NumberVector numbers) {
            long[] values = numbers.values();
            for (int row = 0; row < size; row++) {
                counts[values[row] == NumberVector.MISSING ? expected.length : bin(values[row])]++;
            }
        } else if (vector instanceof FloatingVector numbers) {
            double[] values = numbers.values();
            for (int row = 0; row < size; row++) {
                counts[Double.isNaN(values[row]) ? expected.length : bin(values[row])]++;
            }
        }
    }

    private int bin(double value) {
        int low = 0;
        int high = edges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (value > edges[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Begins a new generation, and drops the one before the last. */
    void forget() {
        long[] oldest = before;
        before = counts;
        counts = oldest;
        Arrays.fill(counts, 0);
    }

    /**
     * Returns empty if no value was observed.
     *
     * @param referenceRows the number of rows that define the expectation; infinite if a model does
     */
    Optional<ShapeScores.ColumnShape> shape(double referenceRows) {
        int bins = expected.length;
        double present = 0;
        for (int bin = 0; bin < bins; bin++) {
            present += counts[bin] + before[bin];
        }
        if (present == 0) {
            return Optional.empty();
        }
        double spread = 1 / present + (missing < 1 ? 1 / (referenceRows * (1 - missing)) : 0);
        double largest = 0;
        double difference = 0;
        double variation = 0;
        double noise = 0;
        for (int bin = 0; bin < bins; bin++) {
            double gap = (counts[bin] + before[bin]) / present - expected[bin];
            difference += gap;
            largest = Math.max(largest, Math.abs(difference));
            variation += Math.abs(gap) / 2;
            noise += Math.sqrt(expected[bin] * (1 - expected[bin]) * spread / (2 * Math.PI));
        }
        double distance = categories ? variation : largest;
        double byChance = categories ? noise : Math.min(noise, KOLMOGOROV_MEAN * Math.sqrt(spread));
        double gone = counts[bins] + before[bins];
        return Optional.of(new ShapeScores.ColumnShape(name, categories ? "TVComplement" : "KSComplement", 1 - distance,
                1 - Math.min(1, byChance), 1 - Math.abs(gone / (gone + present) - missing)));
    }
}
