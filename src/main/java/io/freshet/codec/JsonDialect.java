package io.freshet.codec;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/** JSON objects (RFC 8259). */
enum JsonDialect implements Dialect {

    JSON;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String before(Schema schema, int column) {
        return (column == 0 ? "{" : ",") + text(schema.column(column).name()) + ":";
    }

    @Override
    public String missing() {
        return "null";
    }

    @Override
    public String text(String value) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }

    @Override
    public String bool(ColumnType.Bool type, boolean value) {
        return Boolean.toString(value);
    }

    @Override
    public String constant(ColumnType.Constant type) {
        return type.literal();
    }

    @Override
    public int writeText(byte[] from, int start, int end, byte[] to, int at) {
        int next = at;
        to[next++] = '"';
        for (int i = start; i < end; i++) {
            byte b = from[i];
            if (b == '"' || b == '\\') {
                to[next++] = '\\';
                to[next++] = b;
            } else if (b >= 0 && b < 0x20) {
                next = Digits.ascii(to, next, "\\u00");
                to[next++] = HEX[b >> 4];
                to[next++] = HEX[b & 15];
            } else {
                to[next++] = b;
            }
        }
        to[next++] = '"';
        return next;
    }

    @Override
    public String end() {
        return "}";
    }

    @Override
    public String end(BatchMetadata metadata) {
        return ",\"" + BatchMetadata.GENERATED_AT + "\":\"" + metadata.generatedAt() + "\",\"" + BatchMetadata.BATCH_ID
                + "\":\"" + metadata.batchId() + "\"}";
    }
}
