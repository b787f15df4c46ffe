package io.freshet.model.fit;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import io.freshet.model.RowOrder;
import io.freshet.model.marginal.CountedNumbers;
import io.freshet.model.marginal.RareValues;
import io.freshet.model.marginal.TextPattern;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RareNames;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** Reads the columns of a table for fitting. */
final class ColumnReading {

    private ColumnReading() {
    }

    /** Reads the columns; their rows are in the order of {@link RowOrder}. */
    static List<FittedColumn> columns(TableSample sample) {
        int[] order = RowOrder.of(sample.rows());
        return IntStream.range(0, sample.schema().size()).mapToObj(c -> of(sample, c, order)).toList();
    }

    private static FittedColumn of(TableSample sample, int index, int[] order) {
        Column column = sample.schema().column(index);
        double missingShare = (double) sample.missing().get(index) / sample.totalRows();
        ColumnVector vector = sample.rows().vector(index);
        if (vector instanceof TextVector texts) {
            return ofTexts(index, column, missingShare, texts, order);
        }
        if (vector instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary dictionary) {
            return ofNames(index, column, missingShare, coded, dictionary, sample.valueCounts().get(index), order);
        }
        return ofNumbers(index, column, missingShare, numbers(vector), order);
    }

    private static FittedColumn ofNames(int index, Column column, double missingShare, CodedVector coded,
            TextDictionary dictionary, List<Long> counts, int[] order) {
        int[] kept = frequentNames(column, counts);
        int[] rankOf = new int[dictionary.size() + 1];
        Arrays.fill(rankOf, FittedColumn.UNKNOWN);
        rankOf[dictionary.size()] = FittedColumn.ABSENT;
        for (int rank = 0; rank < kept.length; rank++) {
            rankOf[kept[rank]] = rank;
        }
        int[] ranks = IntStream.of(order).map(row -> rankOf[coded.codes()[row]]).toArray();
        double[] masses = IntStream.of(kept).mapToDouble(code -> Math.max(counts.get(code), FittedColumn.MIN_MASS)).toArray();
        TextDictionary names = kept.length == dictionary.size() ? dictionary
                : TextDictionary.of(IntStream.of(kept).mapToObj(dictionary::text).toList());
        return new FittedColumn(index, column, names.size() == 0 ? 1 : missingShare, ranks, null, names,
                FittedColumn.identity(kept.length), CountedNumbers.NONE, masses, true);
    }

    /**
     * Returns the codes of the names that may be disclosed. All names may if most rows have a rare one and the user declared
     * the column to be categorical.
     */
    static int[] frequentNames(Column column, List<Long> counts) {
        return column.type() instanceof ColumnType.Categorical ? RareNames.disclosed(counts)
                : FittedColumn.identity(counts.size());
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
                : row -> ((FloatingVector) vector).values()[row] + 0.0; // there must be no zero below another
    }

    private static FittedColumn ofNumbers(int index, Column column, double missingShare, IntToDoubleFunction value,
            int[] order) {
        double[] sorted = IntStream.of(order).mapToDouble(value).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double[] all = distinct(sorted);
        double[] masses = new double[all.length];
        int rank = 0;
        for (double number : sorted) {
            rank += number == all[rank] ? 0 : 1;
            masses[rank]++;
        }
        boolean whole = !(column.type() instanceof ColumnType.Floating);
        CountedNumbers numbers = CountedNumbers.ofRows(all, masses, whole);
        boolean steps = all.length == 0 || whole && numbers.listed()
                && (RareValues.all(numbers.exact()) || RareValues.areNegligible(masses, numbers.exact()));
        CountedNumbers kept = steps ? frequent(numbers) : numbers;
        int[] ranks = IntStream.of(order).map(row -> {
            double number = value.applyAsDouble(row);
            return Double.isNaN(number) ? FittedColumn.ABSENT : rank(kept.values(), number);
        }).toArray();
        Dictionary dictionary = steps
                ? NumberDictionary.of(Arrays.stream(kept.values()).mapToLong(n -> (long) n).toArray())
                : null;
        return new FittedColumn(index, column, all.length == 0 ? 1 : missingShare, ranks, null, dictionary,
                FittedColumn.identity(kept.size()), kept, kept.masses().clone(), true);
    }

    /** Removes the rare values. */
    private static CountedNumbers frequent(CountedNumbers numbers) {
        int[] ranks = IntStream.range(0, numbers.size()).filter(rank -> numbers.exact()[rank]).toArray();
        return numbers.within(ranks, IntStream.of(ranks).mapToDouble(rank -> numbers.rows()[rank]).toArray());
    }

    private static int rank(double[] sorted, double number) {
        int found = Arrays.binarySearch(sorted, number);
        return found >= 0 ? found : FittedColumn.UNKNOWN;
    }

    private static FittedColumn ofTexts(int index, Column column, double missingShare, TextVector texts, int[] order) {
        int[] ranks = IntStream.of(order).map(row -> texts.isMissing(row) ? FittedColumn.ABSENT : 0).toArray();
        TextPattern pattern = TextPattern.of(column.type(), texts, IntStream.of(order));
        return new FittedColumn(index, column, missingShare, ranks, pattern, null, new int[0],
                CountedNumbers.NONE, new double[0], true);
    }

}
