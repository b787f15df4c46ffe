package io.freshet.codec;

import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/** JSON objects (RFC 8259). Columns that were flattened from nested objects are nested again. */
enum JsonDialect implements Dialect {

    JSON;

    @Override
    public Layout layout(Schema schema, boolean metadata) {
        return JsonLayout.of(schema, metadata);
    }

    @Override
    public String end(Layout layout, BatchMetadata metadata) {
        String open = layout.end().substring(0, layout.end().length() - 1);
        return open + (layout.fields().isEmpty() ? "" : ",")
                + member(BatchMetadata.GENERATED_AT, metadata.generatedAt().toString())
                + "," + member(BatchMetadata.BATCH_ID, metadata.batchId()) + "}";
    }

    @Override
    public Dialect documents() {
        return JsonValueDialect.VALUES;
    }

    @Override
    public Dialect arrays() {
        return JsonArrayDialect.ARRAYS;
    }

    private static String member(String name, String value) {
        return JsonText.quoted(name) + ":" + JsonText.quoted(value);
    }

    @Override
    public String text(String value) {
        return JsonText.quoted(value);
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
    public int writeText(String text, byte[] to, int at) {
        return JsonText.write(text, to, at);
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
