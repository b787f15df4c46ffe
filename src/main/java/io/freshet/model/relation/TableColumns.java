package io.freshet.model.relation;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.freshet.model.RowOrder;
import io.freshet.model.marginal.NumberReader;
import io.freshet.table.ColumnType;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TableSample;

/**
 * The columns of a table in an order of rows that depends only on their contents. The first rows are therefore a random sample,
 * however the table was sorted, and distant rows are unrelated.
 */
final class TableColumns {

    /** The search uses at most this many rows. Its results are then checked in all rows. */
    static final int MAX_ROWS = 100_000;
    /** In wide tables the search uses fewer rows, so that its memory is bounded. */
    private static final int MAX_CELLS = 4_000_000;
    private static final int MIN_ROWS = 5_000;
    /** This many rows decide whether a candidate is checked in all rows. */
    static final int PROBE = 60;
    /** A rule is attributed to chance if chance would break it in fewer rows. */
    static final double MIN_EVIDENCE = 20;
    /** A relation that fewer than one row in this many breaks is kept, with that rate of exceptions. */
    static final int NEAR = 1000;

    private final TableSample sample;
    private final int[] order;
    private final @Nullable double[][] numbers;
    private final @Nullable double[][] sorted;
    private final double[] steps;
    private final double[] spreads;

    TableColumns(TableSample sample) {
        this.sample = sample;
        int[] all = RowOrder.of(sample.rows());
        int columns = sample.schema().size();
        int max = Math.min(MAX_ROWS, Math.max(MIN_ROWS, MAX_CELLS / columns));
        this.order = all.length <= max ? all : Arrays.copyOf(all, max);
        this.numbers = new double[columns][];
        this.sorted = new double[columns][];
        this.steps = new double[columns];
        this.spreads = new double[columns];
        for (int c = 0; c < columns; c++) {
            ColumnType type = sample.schema().column(c).type();
            if (NumberReader.isNumeric(type) && !(type instanceof ColumnType.Constant)) {
                double[] values = read(c);
                numbers[c] = values;
                steps[c] = type instanceof ColumnType.Floating ? 0 : 1. / NumberReader.power(NumberReader.digits(type));
                spreads[c] = spread(values);
            }
        }
    }

    private double[] read(int column) {
        NumberReader reader = new Cells(sample.rows()).numbers(column);
        double[] values = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            values[i] = reader.isMissing(order[i]) ? Double.NaN : reader.value(order[i]);
        }
        return values;
    }

    private static double spread(double[] values) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                squares += value * value;
                count++;
            }
        }
        return count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - sum / count * sum / count));
    }

    TableSample sample() {
        return sample;
    }

    Schema schema() {
        return sample.schema();
    }

    RowBatch batch() {
        return sample.rows();
    }

    int rows() {
        return order.length;
    }

    int columns() {
        return numbers.length;
    }

    /** Returns the row of the table at a position of the order. */
    int row(int place) {
        return order[place];
    }

    boolean isNumeric(int column) {
        return numbers[column] != null;
    }

    boolean isDate(int column) {
        return schema().column(column).type() instanceof ColumnType.DateTime;
    }

    /** Returns the numbers of a numeric column, with dates in ticks and NaN for missing values. */
    double[] numbers(int column) {
        return java.util.Objects.requireNonNull(numbers[column], "no column of numbers");
    }

    /** Returns the numbers of a numeric column without gaps, ascending; not to be changed. */
    double[] sorted(int column) {
        double[] known = sorted[column];
        if (known == null) {
            known = Arrays.stream(numbers(column)).filter(value -> !Double.isNaN(value)).sorted().toArray();
            sorted[column] = known;
        }
        return known;
    }

    /** Returns the positions of the rows that have a number, by that number. */
    int[] ascending(int column) {
        double[] values = numbers(column);
        double[] ascending = sorted(column);
        int[] taken = new int[ascending.length];
        int[] places = new int[ascending.length];
        for (int place = 0; place < values.length; place++) {
            if (!Double.isNaN(values[place])) {
                int first = first(ascending, values[place]);
                places[first + taken[first]++] = place;
            }
        }
        return places;
    }

    private static int first(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Double.compare(sorted[middle], value) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the distance between neighbouring numbers of a column as it is written; 0 for floating-point numbers. */
    double step(int column) {
        return steps[column];
    }

    /** Returns the standard deviation of a column. */
    double spread(int column) {
        return spreads[column];
    }

    /** Returns the smallest and the largest number of a column in all rows, in its steps. */
    double[] range(int column) {
        double unit = NumberColumn.unit(schema().column(column));
        NumberReader reader = new Cells(batch()).numbers(column);
        double min = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < batch().size(); row++) {
            if (!reader.isMissing(row)) {
                min = Math.min(min, reader.value(row) * unit);
                greatest = Math.max(greatest, reader.value(row) * unit);
            }
        }
        return new double[] { min, greatest };
    }

    /** Returns the mean of a column. */
    double middle(int column) {
        return Arrays.stream(numbers(column)).filter(value -> !Double.isNaN(value)).average().orElse(0);
    }

    /** Returns the numeric columns that are not constant. */
    int[] varying(boolean dates) {
        return java.util.stream.IntStream.range(0, columns())
                .filter(c -> isNumeric(c) && isDate(c) == dates && spreads[c] > 0).toArray();
    }

    /** Returns the position whose cell replaces that of another position when columns are shuffled. */
    int shuffled(int place, int column) {
        return (int) ((place + 1 + (column + 1L) * (rows() / 3 + 7)) % rows());
    }
}
