package io.freshet.table;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.freshet.table.CsvHead.Line;

/**
 * Detects whether the first record of a CSV file is a header. Names are texts above numbers or dates. The record is data if it
 * has numbers above numbers, unless they are a sequence such as years, or texts that all occur again further down.
 */
final class CsvHeader {

    private enum Kind {
        MISSING,
        NUMBER,
        DATE,
        TEXT
    }

    private static final double MOST = .9;
    private static final int MIN_ROWS_OF_TEXT = 5;
    private static final long FIRST_YEAR = 1800;
    private static final long LAST_YEAR = 2100;

    private final List<String> first;
    private final List<Line> rows;

    private CsvHeader(List<Line> lines) {
        this.first = lines.get(0).fields();
        this.rows = lines.subList(1, lines.size());
    }

    static boolean isPresent(List<Line> lines) {
        return lines.size() < 2 || new CsvHeader(lines).isPresent();
    }

    /**
     * Returns whether the first record has only texts, some of which are above numbers or dates. Its last field may be empty,
     * behind a trailing separator.
     */
    static boolean namesNumbers(List<Line> lines) {
        CsvHeader header = new CsvHeader(lines);
        int last = header.first.size() - 1;
        List<String> names = last > 0 && header.first.get(last).isEmpty() ? header.first.subList(0, last) : header.first;
        return names.stream().allMatch(field -> kind(field) == Kind.TEXT) && header.isAboveNumbers();
    }

    private boolean isPresent() {
        if (isAboveNumbers()) {
            return true;
        }
        List<Integer> alike = IntStream.range(0, first.size())
                .filter(column -> (kind(first.get(column)) == Kind.NUMBER || kind(first.get(column)) == Kind.DATE)
                        && prevailing(column) == kind(first.get(column)))
                .boxed().toList();
        return alike.isEmpty() ? !comesAgain() : isSequence(alike);
    }

    private boolean isAboveNumbers() {
        return IntStream.range(0, first.size()).anyMatch(column -> kind(first.get(column)) == Kind.TEXT
                && (prevailing(column) == Kind.NUMBER || prevailing(column) == Kind.DATE));
    }

    /** Returns the kind of nearly all values below the first one. */
    private Kind prevailing(int column) {
        int[] counts = new int[Kind.values().length];
        int values = 0;
        for (Line row : rows) {
            Kind kind = column < row.fields().size() ? kind(row.fields().get(column)) : Kind.MISSING;
            counts[kind.ordinal()]++;
            values += kind == Kind.MISSING ? 0 : 1;
        }
        for (Kind kind : List.of(Kind.NUMBER, Kind.DATE)) {
            if (values > 0 && counts[kind.ordinal()] >= MOST * values) {
                return kind;
            }
        }
        return values == 0 ? Kind.MISSING : Kind.TEXT;
    }

    private static Kind kind(String field) {
        if (PlaceHolders.contain(field) || ReadOptions.isMissingMarker(field)) {
            return Kind.MISSING;
        }
        FieldText text = new FieldText();
        text.set(field);
        if (new NumberText().parse(text)) {
            return Kind.NUMBER;
        }
        return DateTimeGuess.candidates(field).isEmpty() ? Kind.TEXT : Kind.DATE;
    }

    /** Returns whether the numbers of the first record are equally spaced integers, or years. */
    private boolean isSequence(List<Integer> columns) {
        if (columns.size() < 2 || !columns.stream().allMatch(column -> first.get(column).matches("-?\\d{1,15}"))) {
            return false;
        }
        long[] numbers = columns.stream().mapToLong(column -> Long.parseLong(first.get(column))).toArray();
        boolean even = true;
        boolean years = true;
        for (int i = 0; i < numbers.length; i++) {
            even &= i == 0 || numbers[i] > numbers[i - 1] && numbers[i] - numbers[i - 1] == numbers[1] - numbers[0];
            years &= numbers[i] >= FIRST_YEAR && numbers[i] <= LAST_YEAR && (i == 0 || numbers[i] > numbers[i - 1]);
        }
        return even || years;
    }

    /** Returns whether every text of the first record also occurs further down in its column. */
    private boolean comesAgain() {
        int values = 0;
        for (int column = 0; column < first.size(); column++) {
            Set<String> below = new HashSet<>();
            for (Line row : rows) {
                below.add(column < row.fields().size() ? row.fields().get(column) : "");
            }
            if (!below.contains(first.get(column))) {
                return false;
            }
            values += kind(first.get(column)) == Kind.TEXT ? 1 : 0;
        }
        return values > 1 && rows.size() >= MIN_ROWS_OF_TEXT;
    }
}
