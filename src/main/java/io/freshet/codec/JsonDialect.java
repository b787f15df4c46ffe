package io.freshet.codec;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/** JSON objects (RFC 8259). */
enum JsonDialect implements Dialect {

    /** Every column is a member of the one object, its name as it is. */
    FLAT {
        @Override
        public Layout layout(Schema schema, boolean metadata) {
            return JsonLayout.flat(schema, metadata);
        }
    },

    /** Columns with dotted names are members of objects in the object. */
    NESTED {
        @Override
        public Layout layout(Schema schema, boolean metadata) {
            return JsonLayout.nested(schema, metadata);
        }
    };

    @Override
    public String end(Layout layout, BatchMetadata metadata) {
        return layout.end().substring(1) + (layout.fields().isEmpty() ? "{" : ",") + quoted(BatchMetadata.GENERATED_AT) + ":"
                + quoted(metadata.generatedAt().toString()) + "," + quoted(BatchMetadata.BATCH_ID) + ":"
                + quoted(metadata.batchId()) + "}";
    }

    static String quoted(String value) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }

    @Override
    public String text(String value) {
        return quoted(value);
    }

    @Override
    public String quote() {
        return "\"";
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
        return JsonText.write(from, start, end, to, at);
    }

    @Override
    public int writeNumber(byte[] from, int start, int end, byte[] to, int at) {
        if (!JsonText.isNumber(from, start, end)) {
            return writeText(from, start, end, to, at);
        }
        System.arraycopy(from, start, to, at, end - start);
        return at + end - start;
    }
}
