package io.freshet.codec;

import java.util.ArrayList;
import java.util.List;

import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/**
 * Comma-separated values (RFC 4180), lines without their breaks. A missing value is an empty field, and a quoted empty field
 * where it would make the whole line empty, because readers skip such lines.
 */
enum CsvDialect implements Dialect {

    CSV;

    @Override
    public Layout layout(Schema schema, boolean metadata) {
        List<Layout.Field> fields = new ArrayList<>();
        for (int c = 0; c < schema.size(); c++) {
            if (!metadata || !Layout.METADATA.contains(schema.column(c).name())) {
                fields.add(new Layout.Field(c, fields.isEmpty() ? "" : ","));
            }
        }
        return new Layout(fields, fields.size() == 1 && !metadata ? "\"\"" : "", "");
    }

    @Override
    public String end(Layout layout, BatchMetadata metadata) {
        return (layout.fields().isEmpty() ? "" : ",") + metadata.generatedAt() + "," + metadata.batchId();
    }

    @Override
    public String text(String value) {
        boolean plain = value.chars().noneMatch(c -> isSpecial((char) c));
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    private static boolean isSpecial(int character) {
        return character == ',' || character == '"' || character == '\n' || character == '\r';
    }

    @Override
    public String quote() {
        return "";
    }

    @Override
    public String bool(ColumnType.Bool type, boolean value) {
        return text(value ? type.trueText() : type.falseText());
    }

    @Override
    public String constant(ColumnType.Constant type) {
        return text(type.text());
    }

    @Override
    public int writeText(byte[] from, int start, int end, byte[] to, int at) {
        boolean plain = true;
        for (int i = start; i < end && plain; i++) {
            plain = !isSpecial(from[i]);
        }
        if (plain) {
            System.arraycopy(from, start, to, at, end - start);
            return at + end - start;
        }
        int next = at;
        to[next++] = '"';
        for (int i = start; i < end; i++) {
            if (from[i] == '"') {
                to[next++] = '"';
            }
            to[next++] = from[i];
        }
        to[next++] = '"';
        return next;
    }

    @Override
    public int writeNumber(byte[] from, int start, int end, byte[] to, int at) {
        return writeText(from, start, end, to, at);
    }
}
