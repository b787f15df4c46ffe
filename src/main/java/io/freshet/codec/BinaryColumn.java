package io.freshet.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/**
 * Provides the values of a column as binary formats need them: integers, scaled decimals, doubles, booleans, days, times,
 * instants and texts.
 */
final class BinaryColumn {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final Column column;
    private final BinaryKind kind;
    private final ColumnVector vector;
    /** The columns of the objects around it, outermost first, whose missing values are missing values of this column too. */
    private final List<ColumnVector> objects;
    /** The encoded texts of a dictionary, filled on demand. */
    private byte[][] texts = new byte[0][];

    private BinaryColumn(Column column, ColumnVector vector, List<ColumnVector> objects) {
        this.column = column;
        this.kind = BinaryKind.of(column.type());
        this.vector = vector;
        this.objects = objects;
    }

    static BinaryColumn of(RowBatch rows, int column) {
        Column own = rows.schema().column(column);
        List<ColumnVector> objects = IntStream.range(0, rows.schema().size())
                .filter(other -> rows.schema().column(other).holds(own)).boxed()
                .sorted(Comparator.comparing(other -> rows.schema().column(other).path().size())).map(rows::vector).toList();
        return new BinaryColumn(own, rows.vector(column), objects);
    }

    Column column() {
        return column;
    }

    BinaryKind kind() {
        return kind;
    }

    boolean isMissing(int row) {
        boolean missing = kind == BinaryKind.NOTHING || vector.isMissing(row);
        for (int i = 0; i < objects.size() && !missing; i++) {
            missing = objects.get(i).isMissing(row);
        }
        return missing;
    }

    /** Returns whether only its own values decide which rows have none. */
    boolean isFlat() {
        return objects.isEmpty() && kind != BinaryKind.NOTHING;
    }

    /** Returns whether a row may have no value, because of the column itself or of an object around it. */
    boolean isOptional() {
        return column.nullable() || kind == BinaryKind.NOTHING || !objects.isEmpty();
    }

    /** Returns how many of the objects around the column that may be missing a row has, counted from the outermost. */
    int objects(int row) {
        int present = 0;
        while (present < objects.size() && !objects.get(present).isMissing(row)) {
            present++;
        }
        return present;
    }

    /**
     * Returns an integer, or a decimal scaled by ten to the power of its digits.
     *
     * @throws ArithmeticException if an identifier does not fit into 64 bits
     */
    long number(int row) {
        return kind == BinaryKind.LONG && column.type() instanceof ColumnType.DateTime dateTime
                ? dateTime.format().epochNumber(stored(row))
                : stored(row);
    }

    private long stored(int row) {
        if (vector instanceof NumberVector numbers) {
            return numbers.values()[row];
        }
        if (vector instanceof TextVector identifiers) {
            return wholeNumber(identifiers.text(row));
        }
        CodedVector coded = (CodedVector) vector;
        if (coded.dictionary() instanceof NumberDictionary numbers) {
            return numbers.value(coded.codes()[row]);
        }
        return new BigDecimal(literal()).movePointRight(BinaryKind.scale(column.type())).longValueExact();
    }

    private long wholeNumber(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ArithmeticException("column " + column.name() + ": " + text + " is not a 64-bit integer");
        }
    }

    double real(int row) {
        return vector instanceof FloatingVector doubles ? doubles.values()[row] : Double.parseDouble(literal());
    }

    boolean truth(int row) {
        CodedVector coded = (CodedVector) vector;
        return coded.dictionary().size() > 1 || !(column.type() instanceof ColumnType.Constant) ? coded.codes()[row] == 1
                : Boolean.parseBoolean(literal());
    }

    private String literal() {
        return ((ColumnType.Constant) column.type()).literal();
    }

    /** Returns days since 1970-01-01. */
    int day(int row) {
        return (int) Math.floorDiv(epochMicros(row), MICROS_PER_DAY);
    }

    /** Returns milliseconds since midnight. */
    int milliOfDay(int row) {
        return (int) (Math.floorMod(epochMicros(row), MICROS_PER_DAY) / 1000);
    }

    /** Returns microseconds since 1970-01-01T00:00Z of a date, a time or an instant. */
    long epochMicros(int row) {
        return ((ColumnType.DateTime) column.type()).format().epochMicros(stored(row));
    }

    /** Returns the text as UTF-8; that of a column of arrays is a JSON array. The caller must not change the array. */
    byte[] text(int row) {
        if (vector instanceof TextVector own) {
            return column.isArray() ? array(own.text(row))
                    : Arrays.copyOfRange(own.bytes(), own.start(row), own.end(row));
        }
        if (!(vector instanceof CodedVector coded)) {
            return print(stored(row)).getBytes(StandardCharsets.UTF_8);
        }
        return token(coded.codes()[row]);
    }

    /** Returns the text of a code of the column's dictionary as UTF-8. The caller must not change the array. */
    byte[] token(int code) {
        Dictionary dictionary = ((CodedVector) vector).dictionary();
        if (texts.length == 0) {
            texts = new byte[dictionary.size()][];
        }
        byte[] known = texts[code];
        if (known == null) {
            String text = dictionary instanceof TextDictionary words ? words.text(code)
                    : print(((NumberDictionary) dictionary).value(code));
            known = column.isArray() ? array(text) : text.getBytes(StandardCharsets.UTF_8);
            texts[code] = known;
        }
        return known;
    }

    private static byte[] array(String text) {
        return JsonArrayDialect.ARRAYS.text(text).getBytes(StandardCharsets.UTF_8);
    }

    ColumnVector vector() {
        return vector;
    }

    private String print(long value) {
        return column.type() instanceof ColumnType.DateTime dateTime ? dateTime.format().print(value) : Long.toString(value);
    }
}
