package io.freshet.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnType;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextDictionary;

/** The usual service: a map for each row, and an ObjectMapper. */
final class MappedJackson {

    private static final double[] POWERS = { 1, 10, 100, 1000 };

    private final ObjectMapper mapper = new ObjectMapper();
    private final RowBatch batch;

    MappedJackson(RowBatch batch) {
        this.batch = batch;
    }

    int encode() throws IOException {
        int size = 0;
        for (int row = 0; row < batch.size(); row++) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int c = 0; c < batch.schema().size(); c++) {
                fields.put(batch.schema().column(c).name(), value(c, row));
            }
            size += mapper.writeValueAsBytes(fields).length;
        }
        return size;
    }

    private Object value(int column, int row) {
        ColumnType type = batch.schema().column(column).type();
        if (batch.vector(column) instanceof CodedVector coded) {
            int code = coded.codes()[row];
            return coded.dictionary() instanceof TextDictionary texts ? texts.text(code)
                    : number(type, ((NumberDictionary) coded.dictionary()).value(code));
        }
        return number(type, ((NumberVector) batch.vector(column)).values()[row]);
    }

    private static Object number(ColumnType type, long value) {
        if (type instanceof ColumnType.Decimal decimal) {
            return value / POWERS[decimal.digits()];
        }
        return type instanceof ColumnType.DateTime ? Instant.ofEpochSecond(value).toString() : (Object) value;
    }
}
