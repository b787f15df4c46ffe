package io.freshet.codec;

import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/** Comma-separated values (RFC 4180); a missing value is an empty field. */
enum CsvDialect implements Dialect {

    CSV;

    @Override
    public String before(Schema schema, int column) {
        return column == 0 ? "" : ",";
    }

    @Override
    public String missing() {
        return "";
    }

    @Override
    public String text(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
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
            plain = from[i] != ',' && from[i] != '"' && from[i] != '\n' && from[i] != '\r';
        }
        int next = at;
        if (!plain) {
            to[next++] = '"';
        }
        for (int i = start; i < end; i++) {
            if (from[i] == '"') {
                to[next++] = '"';
            }
            to[next++] = from[i];
        }
        if (!plain) {
            to[next++] = '"';
        }
        return next;
    }

    @Override
    public String end() {
        return "";
    }

    @Override
    public String end(BatchMetadata metadata) {
        return "," + metadata.generatedAt() + "," + metadata.batchId();
    }
}
