package io.freshet.model.relation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;
import io.freshet.table.TextDictionary;

/** Divides the rows of one column into the keys 0 … size − 1, and the key {@code size} for missing values. */
public sealed interface Keys {

    int column();

    /** Returns the columns that decide the key. */
    default List<Integer> columns() {
        return List.of(column());
    }

    /** Returns the number of keys, not counting the key of missing values. */
    int size();

    /** Returns a function from rows to keys; it returns −1 for an unknown name. */
    IntUnaryOperator reader(Cells cells);

    /** Returns the column as a relation writes it. */
    default String text(Schema schema) {
        return schema.column(column()).name();
    }

    /** The names of categories. */
    record Names(int column, List<String> names) implements Keys {
        public Names {
            names = List.copyOf(names);
        }

        @Override
        public int size() {
            return names.size();
        }

        @Override
        public IntUnaryOperator reader(Cells cells) {
            ColumnVector vector = cells.vector(column);
            if (!(vector instanceof CodedVector coded) || !(coded.dictionary() instanceof TextDictionary texts)) {
                throw new IllegalArgumentException(cells.column(column).name() + " has no names");
            }
            int[] codes = coded.codes();
            int[] keyOf = codesIn(texts.texts(), names, names.size());
            return row -> keyOf[codes[row]];
        }
    }

    /** Numbers or dates, ascending, in the representation of the vector; any other number maps to the nearest of them. */
    record Numbers(int column, List<Long> values) implements Keys {

        /** Numbers in a narrower range are looked up in a table. */
        private static final int MAX_TABLE = 1 << 16;

        public Numbers {
            values = List.copyOf(values);
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public IntUnaryOperator reader(Cells cells) {
            NumberReader reader = cells.numbers(column);
            int digits = NumberReader.digits(cells.column(column).type());
            long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
            if (sorted[sorted.length - 1] - sorted[0] < MAX_TABLE) {
                int[] keys = table(sorted);
                return row -> reader.isMissing(row) ? sorted.length
                        : keys[(int) (Math.min(Math.max(reader.scaled(row, digits), sorted[0]), sorted[sorted.length - 1])
                                - sorted[0])];
            }
            return row -> reader.isMissing(row) ? sorted.length : nearest(sorted, reader.scaled(row, digits));
        }

        /** Returns the key of each number from the least to the greatest. */
        private static int[] table(long[] sorted) {
            int[] keys = new int[(int) (sorted[sorted.length - 1] - sorted[0]) + 1];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = nearest(sorted, sorted[0] + i);
            }
            return keys;
        }

        static int nearest(long[] sorted, long value) {
            int at = Arrays.binarySearch(sorted, value);
            if (at >= 0) {
                return at;
            }
            int above = -at - 1;
            if (above == 0 || above == sorted.length) {
                return above == 0 ? 0 : sorted.length - 1;
            }
            return value - sorted[above - 1] <= sorted[above] - value ? above - 1 : above;
        }
    }

    /**
     * Ranges of numbers or dates. The key is the number of bounds that a value, in the representation of the vector, reaches.
     */
    record Ranges(int column, List<Double> bounds) implements Keys {
        public Ranges {
            bounds = List.copyOf(bounds);
        }

        @Override
        public int size() {
            return bounds.size() + 1;
        }

        @Override
        public IntUnaryOperator reader(Cells cells) {
            NumberReader reader = cells.numbers(column);
            double unit = unit(cells, column);
            double[] sorted = bounds.stream().mapToDouble(Double::doubleValue).toArray();
            return row -> {
                if (reader.isMissing(row)) {
                    return sorted.length + 1;
                }
                int at = Arrays.binarySearch(sorted, reader.value(row) * unit);
                return at >= 0 ? at + 1 : -at - 1;
            };
        }
    }

    /** A part of a date, such as its weekday. */
    record Part(int column, DatePart part) implements Keys {
        @Override
        public int size() {
            return part.size();
        }

        @Override
        public IntUnaryOperator reader(Cells cells) {
            NumberReader reader = cells.numbers(column);
            java.util.function.LongToIntFunction of = part.of((ColumnType.DateTime) cells.column(column).type());
            return row -> reader.isMissing(row) ? part.size() : of.applyAsInt(reader.scaled(row, 0));
        }

        @Override
        public String text(Schema schema) {
            return part.word() + " of " + schema.column(column).name();
        }
    }

    /** Whether a number is zero (key 0) or not (key 1). */
    record Zero(int column) implements Keys {
        @Override
        public int size() {
            return 2;
        }

        @Override
        public IntUnaryOperator reader(Cells cells) {
            NumberReader reader = cells.numbers(column);
            return row -> reader.isMissing(row) ? 2 : reader.value(row) == 0 ? 0 : 1;
        }
    }

    /** Whether one number or date is below another (key 0), equals it (key 1) or is above it (key 2). */
    record Order(int column, int other) implements Keys {

        private static final double ROUNDING = 1e-9;

        @Override
        public List<Integer> columns() {
            return List.of(column, other);
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public IntUnaryOperator reader(Cells cells) {
            NumberReader one = cells.numbers(column);
            NumberReader two = cells.numbers(other);
            boolean dates = cells.column(column).type() instanceof ColumnType.DateTime;
            double factor = dates ? NumberColumn.factor(cells.column(column), cells.column(other)) : 1;
            return row -> {
                if (one.isMissing(row) || two.isMissing(row)) {
                    return 3;
                }
                double difference = one.value(row) * factor - two.value(row);
                return Math.abs(difference) <= ROUNDING * Math.abs(two.value(row)) ? 1 : difference < 0 ? 0 : 2;
            };
        }

        @Override
        public String text(Schema schema) {
            return "order of " + schema.column(column).name() + " and " + schema.column(other).name();
        }
    }

    /** Whether there is a value. */
    record Presence(int column) implements Keys {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public IntUnaryOperator reader(Cells cells) {
            ColumnVector vector = cells.vector(column);
            return row -> vector.isMissing(row) ? 1 : 0;
        }
    }

    /** Returns the number of steps per unit, on the scale in which a vector holds a column's numbers. */
    static double unit(Cells cells, int column) {
        ColumnType type = cells.column(column).type();
        return type instanceof ColumnType.Floating ? 1 : NumberReader.power(NumberReader.digits(type));
    }

    /**
     * Returns the position in the list for each text, −1 for texts that are not in the list, and {@code ofMissing} as the last
     * element.
     */
    static int[] codesIn(List<String> texts, List<String> list, int ofMissing) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            places.put(list.get(i), i);
        }
        int[] codes = new int[texts.size() + 1];
        for (int code = 0; code < texts.size(); code++) {
            codes[code] = places.getOrDefault(texts.get(code), -1);
        }
        codes[texts.size()] = ofMissing;
        return codes;
    }
}
