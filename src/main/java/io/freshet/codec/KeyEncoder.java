package io.freshet.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

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

/** The text of one field of each record, as UTF-8: the key of a message. */
public final class KeyEncoder {

    private final String field;

    public KeyEncoder(String field) {
        this.field = field;
    }

    /** The key of a record; null where the field is missing. */
    public byte @Nullable [] key(RecordBatch batch, int record) {
        if (batch instanceof RecordBatch.Written written) {
            return WrittenJson.key(written.events(), record, field);
        }
        String key = batch instanceof RecordBatch.Rows rows ? text(rows.rows(), rows.rows().schema().indexOf(field), record)
                : text(((RecordBatch.Events) batch).events().get(record));
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable String text(Event event) {
        Map<String, Object> fields = event.fields();
        if (!fields.containsKey(field)) {
            return event.key();
        }
        Object value = fields.get(field);
        return value instanceof Double number ? new DoubleText().text(number) : value == null ? null : value.toString();
    }

    /** A value as text; null where it is missing or there is no such column. */
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

    private static String number(ColumnType type, long value) {
        if (type instanceof ColumnType.DateTime dateTime) {
            return dateTime.format().print(value);
        }
        return type instanceof ColumnType.Decimal decimal ? BigDecimal.valueOf(value, decimal.digits()).toPlainString()
                : Long.toString(value);
    }
}
