package io.freshet.model.constraint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.freshet.model.Constraint;
import io.freshet.model.RowOrder;
import io.freshet.model.marginal.CountedNumbers;
import io.freshet.model.marginal.NumberReader;
import io.freshet.model.marginal.RareValues;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnVector;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;

/**
 * Finds the date-times whose time of day a single latent number would lose, because there are too many to list and either their
 * hours are not uniform or another column depends on the hour.
 */
final class ClockSearch {

    /** Up to this number, values are listed individually. */
    private static final int LISTED = CountedNumbers.MAX_LISTED;
    /** Fewer rows do not tell how the hours are spread. */
    private static final int FEWEST_ROWS = 200;
    private static final int HOURS = 24;
    /** The minimum total variation distance between the hours and a uniform distribution, beyond that of chance. */
    private static final double UNEVEN = .02;
    /** The minimum Cramér's V² of the hour and another column, beyond that of chance. */
    private static final double ASSOCIATED = .005;
    private static final int BINS = 8;
    private static final int MAX_CATEGORIES = 100;
    private static final int MAX_ROWS = 50_000;

    private final TableSample sample;
    private final int rows;
    /** The row at each place of an order that does not depend on how the table was sorted. */
    private final int[] order;

    ClockSearch(TableSample sample) {
        this.sample = sample;
        this.rows = Math.min(sample.rows().size(), MAX_ROWS);
        this.order = RowOrder.of(sample.rows());
    }

    /** @param derived the columns that are derived from others */
    List<Constraint> find(Set<Integer> derived) {
        List<Constraint> found = new ArrayList<>();
        for (int c = 0; c < sample.schema().size(); c++) {
            Column column = sample.schema().column(c);
            if (!derived.contains(c) && ClockTimes.ticksPerDay(column) > 1 && isLost(c)) {
                found.add(new Constraint.TimeOfDay(column.name()));
            }
        }
        return found;
    }

    private boolean isLost(int column) {
        NumberReader reader = reader(column);
        long ticksPerDay = ClockTimes.ticksPerDay(sample.schema().column(column));
        if (areListed(reader)) {
            return false;
        }
        int[] hours = new int[rows];
        for (int row = 0; row < rows; row++) {
            hours[row] = reader.isMissing(order[row]) ? -1
                    : (int) (Math.floorMod(reader.scaled(order[row], 0), ticksPerDay) * HOURS / ticksPerDay);
        }
        return isUneven(hours) || IntStream.range(0, sample.schema().size()).filter(other -> other != column)
                .anyMatch(other -> association(hours, codes(other)) > ASSOCIATED);
    }

    /** Whether the values are few, and all so frequent that a model has them one by one. */
    private boolean areListed(NumberReader reader) {
        long[] sorted = IntStream.range(0, sample.rows().size()).filter(row -> !reader.isMissing(row))
                .mapToLong(row -> reader.scaled(row, 0)).sorted().toArray();
        int distinct = 0;
        boolean frequent = true;
        for (int from = 0; from < sorted.length; distinct++) {
            int to = from + 1;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            frequent &= RareValues.isFrequent(to - from);
            from = to;
        }
        return distinct <= LISTED && (frequent || sorted.length < FEWEST_ROWS);
    }

    private NumberReader reader(int column) {
        return NumberReader.of(sample.schema().column(column), sample.rows().vector(column));
    }

    private static boolean isUneven(int[] hours) {
        double[] counts = new double[HOURS];
        Arrays.stream(hours).filter(hour -> hour >= 0).forEach(hour -> counts[hour]++);
        double all = Arrays.stream(counts).sum();
        double distance = Arrays.stream(counts).map(count -> Math.abs(count / all - 1.0 / HOURS)).sum() / 2;
        return distance > UNEVEN + Math.sqrt(HOURS / all) / 2;
    }

    /** Returns the values of a column in a few classes, -1 for a missing value; empty if it has no classes. */
    private int[] codes(int column) {
        ColumnVector vector = sample.rows().vector(column);
        if (vector instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary) {
            return coded.dictionary().size() > MAX_CATEGORIES ? new int[0]
                    : IntStream.range(0, rows).map(place -> order[place])
                            .map(row -> coded.isMissing(row) ? -1 : coded.codes()[row]).toArray();
        }
        if (!NumberReader.isNumeric(sample.schema().column(column).type())) {
            return new int[0];
        }
        NumberReader reader = reader(column);
        double[] sorted = IntStream.range(0, rows).map(place -> order[place]).filter(row -> !reader.isMissing(row))
                .mapToDouble(reader::value).sorted()
                .toArray();
        double[] edges = IntStream.range(1, BINS)
                .mapToDouble(bin -> sorted.length == 0 ? 0 : sorted[sorted.length * bin / BINS])
                .distinct().toArray();
        return IntStream.range(0, rows).map(place -> order[place])
                .map(row -> reader.isMissing(row) ? -1 : bin(edges, reader.value(row))).toArray();
    }

    private static int bin(double[] edges, double value) {
        int bin = 0;
        while (bin < edges.length && value >= edges[bin]) {
            bin++;
        }
        return bin;
    }

    /** Returns Cramér's V², minus its expectation for independent columns. */
    private static double association(int[] hours, int[] codes) {
        int classes = Arrays.stream(codes).max().orElse(0) + 1;
        if (classes < 2) {
            return 0;
        }
        double[][] both = new double[HOURS][classes];
        double[] ofHour = new double[HOURS];
        double[] ofClass = new double[classes];
        double all = 0;
        for (int row = 0; row < codes.length; row++) {
            if (hours[row] >= 0 && codes[row] >= 0) {
                both[hours[row]][codes[row]]++;
                ofHour[hours[row]]++;
                ofClass[codes[row]]++;
                all++;
            }
        }
        double chiSquare = 0;
        for (int h = 0; h < HOURS; h++) {
            for (int k = 0; k < classes; k++) {
                double expected = ofHour[h] * ofClass[k] / Math.max(1, all);
                chiSquare += expected == 0 ? 0 : (both[h][k] - expected) * (both[h][k] - expected) / expected;
            }
        }
        double chance = (HOURS - 1.0) * (classes - 1);
        return (chiSquare - chance) / Math.max(1, all) / Math.min(HOURS - 1, classes - 1);
    }
}
