package io.freshet.score;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.RowRecords;
import io.freshet.table.Schema;
import io.freshet.table.TableException;

/**
 * The columns of a real, a synthetic and, if known, a training table, in comparable form. Large tables are sampled.
 *
 * @param drawn the real and the synthetic rows of numbers, dates, categories and booleans
 * @param trained the same columns with the training rows in place of the synthetic ones; empty if there are no training rows
 * @param texts the columns of identifiers and free text
 */
record ComparedTables(List<ComparedColumn> drawn, List<ComparedColumn> trained, List<ComparedText> texts) {

    /** Tables with more rows are sampled. */
    static final int MAX_ROWS = 200_000;
    /** For texts, tables with more rows are sampled. */
    private static final int MAX_TEXTS = 20_000;

    /** Marks a missing value. The string is not interned, so that it is never the same object as a text of a table. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    private static final String MISSING = new String("missing");

    ComparedTables {
        drawn = List.copyOf(drawn);
        trained = List.copyOf(trained);
        texts = List.copyOf(texts);
    }

    /**
     * @param synthetic its schema defines the columns to compare and their types
     * @throws TableException if a real table lacks one of the columns, or holds something other than numbers where the
     *         schema has numbers
     */
    static ComparedTables of(RowBatch real, RowBatch synthetic, Optional<RowBatch> training, long seed) {
        List<RowBatch> tables = new ArrayList<>(List.of(real, synthetic));
        training.ifPresent(tables::add);
        List<ComparedColumn> drawn = new ArrayList<>();
        List<ComparedColumn> trained = new ArrayList<>();
        List<ComparedText> texts = new ArrayList<>();
        for (Column column : synthetic.schema().columns()) {
            if (column.isObject() && real.schema().indexOf(column.name()) < 0) {
                continue;
            }
            switch (kind(column.type())) {
                case CONTINUOUS -> addNumbers(column.name(), tables, seed, drawn, trained);
                case DISCRETE -> addCategories(column.name(), tables, seed, drawn, trained);
                case TEXT -> texts.add(text(column, tables, seed));
                case NONE -> {
                    // nothing to compare
                }
            }
        }
        return new ComparedTables(drawn, trained, texts);
    }

    /** Returns the columns with the training rows as the real ones; empty if there are no training rows. */
    List<ComparedColumn> againstTraining() {
        List<ComparedColumn> columns = new ArrayList<>();
        for (int c = 0; c < trained.size(); c++) {
            columns.add(drawn.get(c).against(trained.get(c)));
        }
        return columns;
    }

    private static void addNumbers(String name, List<RowBatch> tables, long seed, List<ComparedColumn> drawn,
            List<ComparedColumn> trained) {
        List<double[]> numbers = tables.stream().map(table -> numbers(table, index(table, name), seed)).toList();
        drawn.add(new ComparedColumn.Continuous(name, numbers.get(0), numbers.get(1)));
        if (numbers.size() > 2) {
            trained.add(new ComparedColumn.Continuous(name, numbers.get(0), numbers.get(2)));
        }
    }

    private static void addCategories(String name, List<RowBatch> tables, long seed, List<ComparedColumn> drawn,
            List<ComparedColumn> trained) {
        Map<String, Integer> known = new LinkedHashMap<>();
        List<int[]> codes = tables.stream().map(table -> texts(table, index(table, name), MAX_ROWS, seed).stream()
                .mapToInt(text -> code(known, text)).toArray()).toList();
        ColumnType type = tables.get(0).schema().column(index(tables.get(0), name)).type();
        List<String> labels = known.keySet().stream().map(text -> spelled(type, text)).toList();
        drawn.add(new ComparedColumn.Discrete(name, labels, codes.get(0), codes.get(1)));
        if (codes.size() > 2) {
            trained.add(new ComparedColumn.Discrete(name, labels, codes.get(0), codes.get(2)));
        }
    }

    /** Returns a value as the table writes it. */
    private static String spelled(ColumnType type, String text) {
        return !(type instanceof ColumnType.Bool bool) ? text : text.equals("true") ? bool.trueText() : bool.falseText();
    }

    @SuppressWarnings("ReferenceEquality") // compares by identity, because a table may contain an equal text
    private static ComparedText text(Column column, List<RowBatch> tables, long seed) {
        List<List<String>> known = new ArrayList<>();
        List<Double> missing = new ArrayList<>();
        for (RowBatch table : tables) {
            List<String> all = texts(table, index(table, column.name()), MAX_TEXTS, seed);
            List<String> there = all.stream().filter(text -> text != MISSING).toList();
            known.add(there);
            missing.add(1 - there.size() / (double) Math.max(1, all.size()));
        }
        return new ComparedText(column.name(), column.type().typeName(), known.get(0), known.get(1),
                known.size() > 2 ? known.get(2) : List.of(), 1 - Math.abs(missing.get(0) - missing.get(1)));
    }

    private static int index(RowBatch table, String column) {
        int index = table.schema().indexOf(column);
        if (index < 0) {
            throw new TableException("the table has no column " + column);
        }
        return index;
    }

    private enum Kind {
        CONTINUOUS,
        DISCRETE,
        TEXT,
        NONE
    }

    private static Kind kind(ColumnType type) {
        if (type instanceof ColumnType.Missing || type instanceof ColumnType.Json) {
            return Kind.NONE;
        }
        if (type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText) {
            return Kind.TEXT;
        }
        return type instanceof ColumnType.Bool || type instanceof ColumnType.Categorical || type instanceof ColumnType.Constant
                ? Kind.DISCRETE
                : Kind.CONTINUOUS;
    }

    private static double[] numbers(RowBatch rows, int column, long seed) {
        ColumnType type = rows.schema().column(column).type();
        ColumnVector vector = rows.vector(column);
        double unit = unit(type);
        int[] selected = RowSelection.sample(rows.size(), MAX_ROWS, seed);
        double[] numbers = new double[selected.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector.isMissing(selected[i]) ? Double.NaN
                    : number(rows.schema().column(column), vector, selected[i]) / unit;
        }
        return numbers;
    }

    /** Returns the divisor that turns a number of a vector into a value. */
    static double unit(ColumnType type) {
        if (type instanceof ColumnType.Decimal decimal) {
            return StrictMath.pow(10, decimal.digits());
        }
        return type instanceof ColumnType.DateTime date
                ? (double) ChronoUnit.DAYS.getDuration().toNanos() / date.format().resolution().getDuration().toNanos()
                : 1;
    }

    private static double number(Column column, ColumnVector vector, int row) {
        if (vector instanceof NumberVector numbers) {
            return numbers.values()[row];
        }
        if (vector instanceof FloatingVector doubles) {
            return doubles.values()[row];
        }
        if (vector instanceof CodedVector coded && coded.dictionary() instanceof NumberDictionary numbers) {
            return numbers.value(coded.codes()[row]);
        }
        if (column.type() instanceof ColumnType.Constant constant && constant.literal().matches("-?[0-9.]+")) {
            return Double.parseDouble(constant.literal());
        }
        throw new TableException("column " + column.name() + " must hold numbers or dates, not " + column.type().typeName());
    }

    private static List<String> texts(RowBatch rows, int column, int max, long seed) {
        Column only = rows.schema().column(column);
        RowBatch narrow = RowBatch.wrap(new Schema(List.of(only)), List.of(rows.vector(column)));
        narrow.hold(0, rows.size());
        RowRecords records = RowRecords.of(narrow);
        List<String> texts = new ArrayList<>();
        for (int row : RowSelection.sample(rows.size(), max, seed)) {
            Object value = records.get(row).get(only.name());
            texts.add(value == null ? MISSING : "" + value);
        }
        return texts;
    }

    @SuppressWarnings("ReferenceEquality") // compares by identity, because a table may contain an equal text
    private static int code(Map<String, Integer> codes, String text) {
        if (text == MISSING) {
            return -1;
        }
        Integer known = codes.putIfAbsent(text, codes.size());
        return known == null ? codes.size() - 1 : known;
    }
}
