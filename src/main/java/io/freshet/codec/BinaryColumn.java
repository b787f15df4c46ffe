package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** The values of a column as binary formats want them: whole numbers, scaled decimals, doubles, truth values, texts. */
final class BinaryColumn {

    /** What the values are. */
    enum Kind {
        LONG,
        DECIMAL,
        DOUBLE,
        BOOL,
        TEXT,
        NOTHING
    }

    private final Column column;
    private final Kind kind;
    private final ColumnVector vector;
    /** The texts of a dictionary, as they were needed. */
    private byte[][] texts = new byte[0][];

    private BinaryColumn(Column column, ColumnVector vector) {
        this.column = column;
        this.kind = kind(column.type());
        this.vector = vector;
    }

    static BinaryColumn of(RowBatch rows, int column) {
        return new BinaryColumn(rows.schema().column(column), rows.vector(column));
    }

    static Kind kind(ColumnType type) {
        if (type instanceof ColumnType.Whole) {
            return Kind.LONG;
        }
        if (type instanceof ColumnType.Decimal) {
            return Kind.DECIMAL;
        }
        if (type instanceof ColumnType.Floating) {
            return Kind.DOUBLE;
        }
        if (type instanceof ColumnType.Bool) {
            return Kind.BOOL;
        }
        return type instanceof ColumnType.Missing ? Kind.NOTHING : Kind.TEXT;
    }

    /** Digits after the point of a decimal; 0 for others. */
    static int scale(ColumnType type) {
        return type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
    }

    Column column() {
        return column;
    }

    Kind kind() {
        return kind;
    }

    boolean isMissing(int row) {
        return kind == Kind.NOTHING || vector.isMissing(row);
    }

    /** A whole number, or a decimal times ten to the power of its digits. */
    long number(int row) {
        if (vector instanceof NumberVector numbers) {
            return numbers.values()[row];
        }
        CodedVector coded = (CodedVector) vector;
        return ((NumberDictionary) coded.dictionary()).value(coded.codes()[row]);
    }

    double real(int row) {
        return ((FloatingVector) vector).values()[row];
    }

    boolean truth(int row) {
        return ((CodedVector) vector).codes()[row] == 1;
    }

    /** UTF-8; not to be written to. */
    byte[] text(int row) {
        if (vector instanceof TextVector own) {
            return Arrays.copyOfRange(own.bytes(), own.start(row), own.end(row));
        }
        if (!(vector instanceof CodedVector coded)) {
            return print(number(row)).getBytes(StandardCharsets.UTF_8);
        }
        int code = coded.codes()[row];
        if (texts.length == 0) {
            texts = new byte[coded.dictionary().size()][];
        }
        byte[] known = texts[code];
        if (known == null) {
            String text = coded.dictionary() instanceof TextDictionary dictionary ? dictionary.text(code)
                    : print(((NumberDictionary) coded.dictionary()).value(code));
            known = text.getBytes(StandardCharsets.UTF_8);
            texts[code] = known;
        }
        return known;
    }

    private String print(long value) {
        return column.type() instanceof ColumnType.DateTime dateTime ? dateTime.format().print(value) : Long.toString(value);
    }
}
