package io.freshet.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Event;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/** Extracts the text of one field of each record as UTF-8, for example for the key of a message. */
public final class KeyEncoder {

    private final String field;

    public KeyEncoder(String field) {
        this.field = field;
    }

    /**
     * Returns the key of a record: the field, or the event's own key if the field does not exist, or null if it has neither.
     */
    public byte @Nullable [] key(RecordBatch batch, int record) {
        byte[] text = field(batch, record);
        if (text != null || batch instanceof RecordBatch.Rows) {
            return text;
        }
        if (batch instanceof RecordBatch.Written written) {
            return written.events().key(record);
        }
        Event event = ((RecordBatch.Events) batch).events().get(record);
        String own = event.fields().containsKey(field) ? null : event.key();
        return own == null ? null : own.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the field of a record, or null if it is missing. */
    public byte @Nullable [] field(RecordBatch batch, int record) {
        if (batch instanceof RecordBatch.Written written) {
            return WrittenJson.field(written.events(), record, field);
        }
        String text = batch instanceof RecordBatch.Rows rows ? text(rows.rows(), rows.rows().schema().indexOf(field), record)
                : text(((RecordBatch.Events) batch).events().get(record).fields().get(field));
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof Double number ? new DoubleText().text(number) : value == null ? null : value.toString();
    }

    /** Returns a value as text, or null if the value or the column is missing. */
    public static @Nullable String text(RowBatch rows, int column, int row) {
        if (column < 0 || rows.vector(column).isMissing(row)) {
            return null;
        }
        ColumnType type = rows.schema().column(column).type();
        ColumnVector vector = rows.vector(column);
        if (vector instanceof TextVector texts) {
            return texts.text(row);
        }
        if (vector instanceof FloatingVector doubles) {
            return new DoubleText().text(doubles.values()[row]);
        }
        if (vector instanceof NumberVector numbers) {
            return number(type, numbers.values()[row]);
        }
        CodedVector coded = (CodedVector) vector;
        return coded.dictionary() instanceof TextDictionary texts ? texts.text(coded.codes()[row])
                : number(type, ((NumberDictionary) coded.dictionary()).value(coded.codes()[row]));
    }

    /**
     * Parses the integer of a key.
     *
     * @throws ArithmeticException if it is not a 64-bit integer
     */
    static long wholeNumber(byte[] text) {
        String key = new String(text, StandardCharsets.UTF_8);
        try {
            return new BigDecimal(key).longValueExact();
        } catch (NumberFormatException e) {
            throw new ArithmeticException("the key " + key + " is not an integer");
        }
    }

    private static String number(ColumnType type, long value) {
        if (type instanceof ColumnType.DateTime dateTime) {
            return dateTime.format().print(value);
        }
        return type instanceof ColumnType.Decimal decimal ? BigDecimal.valueOf(value, decimal.digits()).toPlainString()
                : Long.toString(value);
    }
}
