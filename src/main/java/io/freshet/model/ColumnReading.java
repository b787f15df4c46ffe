package io.freshet.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** Reads the columns of a table for fitting. */
final class ColumnReading {

    /** Numbers with more distinct values are continuous. */
    static final int MOST_STEPS = 4096;
    private static final int EXAMPLES = 2_000;

    private ColumnReading() {
    }

    static List<FittedColumn> columns(TableSample sample) {
        return IntStream.range(0, sample.schema().size()).mapToObj(c -> of(sample, c)).toList();
    }

    private static FittedColumn of(TableSample sample, int index) {
        Column column = sample.schema().column(index);
        double missingShare = (double) sample.missing().get(index) / sample.totalRows();
        int rows = sample.rows().size();
        ColumnVector vector = sample.rows().vector(index);
        if (vector instanceof TextVector texts) {
            return ofTexts(index, column, missingShare, texts, rows);
        }
        if (vector instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary dictionary) {
            int[] ranks = IntStream.range(0, rows).map(row -> coded.isMissing(row) ? FittedColumn.ABSENT : coded.codes()[row])
                    .toArray();
            double[] masses = sample.valueCounts().get(index).stream()
                    .mapToDouble(count -> Math.max(count, FittedColumn.LEAST_MASS)).toArray();
            return new FittedColumn(index, column, dictionary.size() == 0 ? 1 : missingShare, ranks, null, dictionary,
                    FittedColumn.identity(dictionary.size()), new double[0], masses, true);
        }
        return ofNumbers(index, column, missingShare, numbers(vector), rows);
    }

    private static double[] distinct(double[] sorted) {
        double[] distinct = new double[sorted.length];
        int size = 0;
        for (double number : sorted) {
            if (size == 0 || number != distinct[size - 1]) {
                distinct[size++] = number;
            }
        }
        return Arrays.copyOf(distinct, size);
    }

    private static IntToDoubleFunction numbers(ColumnVector vector) {
        if (vector instanceof CodedVector coded) {
            NumberDictionary dictionary = (NumberDictionary) coded.dictionary();
            return row -> coded.isMissing(row) ? Double.NaN : dictionary.value(coded.codes()[row]);
        }
        return vector instanceof NumberVector numbers
                ? row -> numbers.isMissing(row) ? Double.NaN : numbers.values()[row]
                : row -> ((FloatingVector) vector).values()[row] + 0.0; // no zero is below another
    }

    private static FittedColumn ofNumbers(int index, Column column, double missingShare, IntToDoubleFunction value,
            int rows) {
        double[] sorted = IntStream.range(0, rows).mapToDouble(value).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double[] distinct = distinct(sorted);
        double[] masses = new double[distinct.length];
        int rank = 0;
        for (double number : sorted) {
            rank += number == distinct[rank] ? 0 : 1;
            masses[rank]++;
        }
        int[] ranks = IntStream.range(0, rows).map(row -> {
            double number = value.applyAsDouble(row);
            return Double.isNaN(number) ? FittedColumn.ABSENT : Math.max(0, Arrays.binarySearch(distinct, number));
        }).toArray();
        boolean steps = distinct.length <= MOST_STEPS && !(column.type() instanceof ColumnType.Floating)
                || distinct.length == 0;
        Dictionary dictionary = steps ? NumberDictionary.of(Arrays.stream(distinct).mapToLong(n -> (long) n).toArray()) : null;
        return new FittedColumn(index, column, distinct.length == 0 ? 1 : missingShare, ranks, null, dictionary,
                FittedColumn.identity(distinct.length), distinct, masses, true);
    }

    private static FittedColumn ofTexts(int index, Column column, double missingShare, TextVector texts, int rows) {
        List<String> examples = new ArrayList<>();
        int[] ranks = new int[rows];
        for (int row = 0; row < rows; row++) {
            ranks[row] = texts.isMissing(row) ? FittedColumn.ABSENT : 0;
            if (ranks[row] == 0 && examples.size() < EXAMPLES) {
                examples.add(texts.text(row));
            }
        }
        TextPattern pattern = examples.isEmpty() ? new TextPattern(List.of(), 1)
                : column.type() instanceof ColumnType.FreeText ? TextPattern.ofProse(examples)
                        : TextPattern.ofIdentifiers(examples);
        return new FittedColumn(index, column, missingShare, ranks, pattern, null, new int[0], new double[0],
                new double[0], true);
    }

}
