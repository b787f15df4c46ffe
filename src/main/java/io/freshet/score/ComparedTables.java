package io.freshet.score;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

/** Makes the columns of two tables comparable. Keys and prose are left out: nothing of them is meant to be alike. */
final class ComparedTables {

    /** Not interned: no text of a table is this object. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    private static final String MISSING = new String("missing");

    private ComparedTables() {
    }

    /**
     * @param synthetic its schema says which columns there are and what they hold
     * @throws TableException if the real table lacks one of them, or holds no numbers where they are expected
     */
    static List<ComparedColumn> compare(RowBatch real, RowBatch synthetic) {
        List<ComparedColumn> columns = new ArrayList<>();
        for (int c = 0; c < synthetic.schema().size(); c++) {
            Column column = synthetic.schema().column(c);
            int other = real.schema().indexOf(column.name());
            if (other < 0) {
                throw new TableException("the table has no column " + column.name());
            }
            switch (kind(column.type())) {
                case CONTINUOUS -> columns.add(new ComparedColumn.Continuous(column.name(), numbers(real, other),
                        numbers(synthetic, c)));
                case DISCRETE -> columns.add(discrete(column.name(), texts(real, other), texts(synthetic, c)));
                case NONE -> {
                    // left out
                }
            }
        }
        return columns;
    }

    private enum Kind {
        CONTINUOUS,
        DISCRETE,
        NONE
    }

    private static Kind kind(ColumnType type) {
        if (type instanceof ColumnType.Identifier || type instanceof ColumnType.FreeText
                || type instanceof ColumnType.Missing) {
            return Kind.NONE;
        }
        return type instanceof ColumnType.Bool || type instanceof ColumnType.Categorical || type instanceof ColumnType.Constant
                ? Kind.DISCRETE
                : Kind.CONTINUOUS;
    }

    private static double[] numbers(RowBatch rows, int column) {
        ColumnType type = rows.schema().column(column).type();
        ColumnVector vector = rows.vector(column);
        double unit = unit(type);
        double[] numbers = new double[rows.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector.isMissing(i) ? Double.NaN : number(rows.schema().column(column), vector, i) / unit;
        }
        return numbers;
    }

    /** What a number of a vector is divided by. */
    private static double unit(ColumnType type) {
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
        throw new TableException("column " + column.name() + " holds no numbers or dates, but " + column.type().typeName());
    }

    private static List<String> texts(RowBatch rows, int column) {
        Column only = rows.schema().column(column);
        RowBatch narrow = RowBatch.wrap(new Schema(List.of(only)), List.of(rows.vector(column)));
        narrow.hold(0, rows.size());
        List<String> texts = new ArrayList<>();
        RowRecords.of(narrow)
                .forEach(record -> texts.add(record.get(only.name()) == null ? MISSING : "" + record.get(only.name())));
        return texts;
    }

    private static ComparedColumn discrete(String name, List<String> real, List<String> synthetic) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        int[] realCodes = real.stream().mapToInt(text -> code(codes, text)).toArray();
        int[] syntheticCodes = synthetic.stream().mapToInt(text -> code(codes, text)).toArray();
        return new ComparedColumn.Discrete(name, List.copyOf(codes.keySet()), realCodes, syntheticCodes);
    }

    @SuppressWarnings("ReferenceEquality") // the marker itself, whatever texts there are
    private static int code(Map<String, Integer> codes, String text) {
        if (text == MISSING) {
            return -1;
        }
        Integer known = codes.putIfAbsent(text, codes.size());
        return known == null ? codes.size() - 1 : known;
    }
}
