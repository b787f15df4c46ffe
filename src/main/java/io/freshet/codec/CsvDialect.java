package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ReadOptions;
import io.freshet.table.Schema;

/**
 * Comma-separated values (RFC 4180), lines without their line breaks. A missing value is an empty field, or the text that the
 * file of a model had for it; an empty text is quoted, and so is a text that a reader would take for a missing value, such as
 * NA. If a missing value would make the whole
 * line empty, it is quoted too, because readers skip empty lines.
 */
enum CsvDialect implements Dialect {

    CSV;

    private static final String EMPTY = "\"\"";
    private static final int MAX_MARKER = 4;

    @Override
    public Layout layout(Schema schema, boolean metadata) {
        List<Layout.Field> fields = new ArrayList<>();
        for (int c = 0; c < schema.size(); c++) {
            if (!metadata || !Layout.METADATA.contains(schema.column(c).name())) {
                fields.add(new Layout.Field(c, fields.isEmpty() ? "" : ","));
            }
        }
        return new Layout(fields, fields.size() == 1 && !metadata ? EMPTY : "", "");
    }

    @Override
    public String end(Layout layout, BatchMetadata metadata) {
        return (layout.fields().isEmpty() ? "" : ",") + metadata.generatedAt() + "," + metadata.batchId();
    }

    @Override
    public String missing(Column column, String usual) {
        String own = column.absent();
        return own.isEmpty() || own.chars().anyMatch(CsvDialect::isSpecial) ? usual : own;
    }

    @Override
    public String text(String value) {
        boolean plain = !ReadOptions.isMissingMarker(value) && value.chars().noneMatch(CsvDialect::isSpecial);
        return plain ? value : '"' + value.replace("\"", EMPTY) + '"';
    }

    /** Returns whether a text may be a marker of missing values, judging by its first character and its length. */
    private static boolean mayMark(int first, int length) {
        return length <= MAX_MARKER && (first == 'N' || first == 'n' || first == '?');
    }

    private static boolean isSpecial(int character) {
        return character == ',' || character == '"' || character == '\n' || character == '\r';
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
        boolean plain = start < end && !(mayMark(from[start], end - start)
                && ReadOptions.isMissingMarker(new String(from, start, end - start, StandardCharsets.UTF_8)));
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
    public int writeText(String text, byte[] to, int at) {
        boolean plain = !text.isEmpty() && !(mayMark(text.charAt(0), text.length()) && ReadOptions.isMissingMarker(text));
        for (int i = 0; i < text.length() && plain; i++) {
            plain = !isSpecial(text.charAt(i));
        }
        if (plain) {
            return Utf8.write(text, 0, text.length(), to, at);
        }
        int next = at;
        to[next++] = '"';
        int from = 0;
        for (int quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', from)) {
            next = Utf8.write(text, from, quote + 1, to, next);
            to[next++] = '"';
            from = quote + 1;
        }
        next = Utf8.write(text, from, text.length(), to, next);
        to[next++] = '"';
        return next;
    }

    @Override
    public int writeNumber(byte[] from, int start, int end, byte[] to, int at) {
        return writeText(from, start, end, to, at);
    }
}
