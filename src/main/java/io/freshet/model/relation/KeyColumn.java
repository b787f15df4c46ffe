package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.RareNames;
import io.freshet.table.TextDictionary;

/**
 * The keys of a column in the rows of a table.
 *
 * @param keys the keys; each has at least five rows
 * @param codes the key of each row by position; −1 where the key is too rare to be disclosed
 * @param counts the number of rows of each key; the last entry is for missing values
 */
@SuppressWarnings("ArrayRecordComponent") // confined to the search, never compared
record KeyColumn(Keys keys, int[] codes, int[] counts) {

    /** Numbers with more different values do not serve as keys. */
    static final int MAX_KEYS = 4096;
    private static final int MIN_ROWS = RareNames.FEWEST_ROWS;
    /** At least this share of the rows must have a key that is common enough to be disclosed. */
    private static final double MIN_KNOWN = .5;

    int column() {
        return keys.column();
    }

    /** Returns the number of keys that occur in rows. */
    int used() {
        return (int) IntStream.range(0, keys.size()).filter(key -> counts[key] > 0).count();
    }

    boolean hasMissing() {
        return counts[keys.size()] > 0;
    }

    static KeyColumn of(TableColumns table, Keys keys) {
        IntUnaryOperator reader = keys.reader(new Cells(table.batch()));
        int[] codes = new int[table.rows()];
        int[] counts = new int[keys.size() + 1];
        for (int place = 0; place < codes.length; place++) {
            codes[place] = reader.applyAsInt(table.row(place));
            if (codes[place] >= 0) {
                counts[codes[place]]++;
            }
        }
        return new KeyColumn(keys, codes, counts);
    }

    /** Returns the names or numbers of a column as keys, or empty if it has too many of them or too few rows for each. */
    static Optional<KeyColumn> ofValues(TableColumns table, int column) {
        Column of = table.schema().column(column);
        if (of.type() instanceof ColumnType.Categorical || of.type() instanceof ColumnType.Bool) {
            return names(table, column, of.type()).filter(KeyColumn::isTold);
        }
        return table.isNumeric(column) && !(of.type() instanceof ColumnType.Floating)
                ? numbers(table, column).filter(KeyColumn::isTold)
                : Optional.empty();
    }

    private boolean isTold() {
        long known = Arrays.stream(codes).filter(code -> code >= 0).count();
        return known >= MIN_KNOWN * codes.length && used() > 1;
    }

    private static Optional<KeyColumn> names(TableColumns table, int column, ColumnType type) {
        CodedVector vector = (CodedVector) table.batch().vector(column);
        List<String> texts = ((TextDictionary) vector.dictionary()).texts();
        List<Long> counts = table.sample().valueCounts().get(column);
        if (counts.size() != texts.size()) {
            return Optional.empty();
        }
        long all = counts.stream().mapToLong(Long::longValue).sum();
        List<String> told = IntStream.range(0, texts.size())
                .filter(code -> type instanceof ColumnType.Bool || !RareNames.isRare(counts.get(code), all))
                .mapToObj(texts::get).toList();
        return told.size() > MAX_KEYS ? Optional.empty() : Optional.of(of(table, new Keys.Names(column, told)));
    }

    private static Optional<KeyColumn> numbers(TableColumns table, int column) {
        double unit = NumberColumn.unit(table.schema().column(column));
        double[] sorted = table.sorted(column);
        List<Long> told = new ArrayList<>();
        int distinct = 0;
        for (int from = 0; from < sorted.length && distinct <= MAX_KEYS;) {
            int to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            if (to - from >= MIN_ROWS) {
                told.add(Math.round(sorted[from] * unit));
            }
            distinct++;
            from = to;
        }
        if (distinct > MAX_KEYS || told.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(exact(table, new Keys.Numbers(column, told)));
    }

    /** Returns the keys of exactly these numbers. A reader, in contrast, maps any other number to the nearest key. */
    private static KeyColumn exact(TableColumns table, Keys.Numbers keys) {
        NumberReader reader = new Cells(table.batch()).numbers(keys.column());
        int digits = NumberReader.digits(table.schema().column(keys.column()).type());
        long[] sorted = keys.values().stream().mapToLong(Long::longValue).toArray();
        int[] codes = new int[table.rows()];
        int[] counts = new int[keys.size() + 1];
        for (int place = 0; place < codes.length; place++) {
            int row = table.row(place);
            codes[place] = reader.isMissing(row) ? sorted.length
                    : Math.max(-1, Arrays.binarySearch(sorted, reader.scaled(row, digits)));
            if (codes[place] >= 0) {
                counts[codes[place]]++;
            }
        }
        return new KeyColumn(keys, codes, counts);
    }

    /** Returns the parts of a date column as keys. */
    static List<KeyColumn> ofParts(TableColumns table, int column) {
        if (!(table.schema().column(column).type() instanceof ColumnType.DateTime dates)) {
            return List.of();
        }
        return Arrays.stream(DatePart.values()).filter(part -> part.isIn(dates))
                .map(part -> of(table, new Keys.Part(column, part))).filter(keys -> keys.used() > 1).toList();
    }

    /** Returns the keys for the presence of a value and, for numbers, for whether it is zero. */
    static List<KeyColumn> ofStates(TableColumns table, int column) {
        List<KeyColumn> states = new ArrayList<>();
        if (table.schema().column(column).nullable()) {
            states.add(of(table, new Keys.Presence(column)));
        }
        if (table.isNumeric(column) && !table.isDate(column)) {
            KeyColumn zero = of(table, new Keys.Zero(column));
            if (Math.min(zero.counts[0], zero.counts[1]) >= TableColumns.MIN_EVIDENCE) {
                states.add(zero);
            }
        }
        return states;
    }
}
