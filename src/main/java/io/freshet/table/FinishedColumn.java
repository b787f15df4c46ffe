package io.freshet.table;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A column whose type is known, as a vector.
 *
 * @param values how many of all rows had a value of this type
 * @param counts for a vector over a {@link TextDictionary}: how many of all rows had each code
 * @param odd the cells that count as missing because they differ in kind from the others
 * @param format how numbers are written; null if as in JSON
 */
record FinishedColumn(ColumnType type, ColumnVector vector, long values, List<Long> counts, OddCells odd,
        @Nullable NumberFormat format) {

    private FinishedColumn(ColumnType type, ColumnVector vector, long values, List<Long> counts) {
        this(type, vector, values, counts, new OddCells(), null);
    }

    static FinishedColumn missing(int sampled) {
        return new FinishedColumn(new ColumnType.Missing(), CodedVector.create(sampled, TextDictionary.of(List.of())), 0,
                List.of());
    }

    static FinishedColumn constant(DistinctValues column, ColumnType.Constant type, int sampled) {
        return coded(column, type, List.of(type.text()), new int[1], sampled);
    }

    /** Builds a column of booleans; several spellings of true count as one. */
    static FinishedColumn bool(DistinctValues column, ColumnType.Bool type, int sampled) {
        DistinctTexts texts = column.texts();
        int[] codes = new int[texts.size()];
        for (int code = 0; code < codes.length; code++) {
            codes[code] = texts.text(code).equalsIgnoreCase(type.trueText()) ? 1 : 0;
        }
        return coded(column, type, List.of(type.falseText(), type.trueText()), codes, sampled);
    }

    /**
     * Builds a column of categories, whose dictionary is in the order of {@link String#compareTo}.
     *
     * @param literal whether JSON writes them without quotes
     */
    static FinishedColumn categories(DistinctValues column, boolean literal, int sampled) {
        DistinctTexts texts = column.texts();
        String[] unsorted = new String[texts.size()];
        for (int code = 0; code < unsorted.length; code++) {
            unsorted[code] = texts.text(code);
        }
        Integer[] order = IntStream.range(0, unsorted.length).boxed()
                .sorted(Comparator.comparing(code -> unsorted[code])).toArray(Integer[]::new);
        List<String> sorted = new ArrayList<>(order.length);
        int[] codes = new int[order.length];
        for (int code : order) {
            codes[code] = sorted.size();
            sorted.add(unsorted[code]);
        }
        return coded(column, new ColumnType.Categorical(literal), sorted, codes, sampled);
    }

    private static FinishedColumn coded(DistinctValues column, ColumnType type, List<String> dictionary, int[] recoded,
            int sampled) {
        long[] counts = new long[dictionary.size()];
        long values = 0;
        for (int code = 0; code < recoded.length; code++) {
            counts[recoded[code]] += column.texts().count(code);
            values += column.texts().count(code);
        }
        CodedVector vector = CodedVector.create(sampled, TextDictionary.of(dictionary));
        for (int slot = 0; slot < sampled; slot++) {
            int code = column.code(slot);
            vector.codes()[slot] = code < 0 ? dictionary.size() : recoded[code];
        }
        return new FinishedColumn(type, vector, values, Arrays.stream(counts).boxed().toList());
    }

    static FinishedColumn of(NumberValues numbers, ColumnType type, long values, int sampled) {
        return new FinishedColumn(type, numbers.vector(type, sampled), values, List.of(), numbers.odd(),
                numbers.format());
    }

    /** Builds a column of times that are written as integers; a tick is the coarsest unit of which all are multiples. */
    static FinishedColumn of(NumberValues numbers, EpochUnit unit, long values, int sampled) {
        long[] ticks = numbers.integers(sampled).orElseThrow().clone();
        DateTimeFormat format = DateTimeFormat.of(unit.pattern(), unit.unit());
        for (ChronoUnit coarser : DateTimeFormat.UNITS) {
            long size = coarser.getDuration().toNanos() / 1000 / unit.micros();
            if (size > 1 && Arrays.stream(ticks).allMatch(value -> value == NumberVector.MISSING || value % size == 0)) {
                format = format.withResolution(coarser);
                for (int slot = 0; slot < sampled; slot++) {
                    ticks[slot] = ticks[slot] == NumberVector.MISSING ? NumberVector.MISSING : ticks[slot] / size;
                }
                break;
            }
        }
        return new FinishedColumn(new ColumnType.DateTime(format), NumberVector.wrap(ticks), values, List.of(), numbers.odd(),
                null);
    }

    static FinishedColumn of(DateValues dates, long values, int sampled) {
        return new FinishedColumn(dates.type(), dates.vector(sampled), values, List.of(), dates.odd(), null);
    }

    static FinishedColumn of(TextValues texts, ColumnType type, long values, int sampled) {
        return new FinishedColumn(type, texts.vector(sampled), values, List.of());
    }

    /** Builds a column of numbers that are keys, as texts. */
    static FinishedColumn keys(NumberValues numbers, long values, int sampled) {
        TextVector vector = TextVector.create(sampled);
        for (int slot = 0; slot < sampled; slot++) {
            int to = slot;
            numbers.text(slot).ifPresentOrElse(text -> vector.append(to, text), () -> vector.setMissing(to));
        }
        return new FinishedColumn(new ColumnType.Identifier(true), vector, values, List.of(), numbers.odd(), null);
    }
}
