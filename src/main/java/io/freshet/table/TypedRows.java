package io.freshet.table;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.freshet.parquet.RowReceiver;
import io.freshet.table.ColumnBuilder.Kind;

/**
 * Feeds a {@link TableBuilder} from rows whose values have types, such as those of a Parquet file or a database. Values are
 * taken as the texts that a CSV file of the same rows has, so that both give the same table; but texts that look like numbers
 * stay texts.
 */
final class TypedRows implements RowReceiver {

    /** The key in the footer, before a column's name, under which Freshet keeps how a column writes dates. */
    private static final String FORMAT_KEY = "freshet.format.";
    private static final String TRUE = "true";
    private static final String FALSE = "false";

    private final TableBuilder table;
    private final String input;
    private final DistinctTexts markers = new DistinctTexts();
    private final Map<String, String> metadata;
    private final FieldText text = new FieldText();

    /**
     * @param input what the rows come from, for messages, such as "the Parquet file"
     * @param metadata the formats of dates, each under its key
     */
    TypedRows(TableBuilder table, ReadOptions options, String input, Map<String, String> metadata) {
        this.table = table;
        this.input = input;
        this.metadata = metadata;
        for (String marker : options.missingMarkers()) {
            text.set(marker);
            markers.add(text, 0);
        }
        text.set("");
        markers.add(text, 0);
    }

    @Override
    public Values column(List<String> path) {
        String name = String.join(".", path);
        if (name.isBlank()) {
            throw new TableException(input + " has a column without a name");
        }
        if (table.hasColumn(name)) {
            throw new TableException(input + " has the column " + name + " twice");
        }
        ColumnBuilder column = table.column(name, path);
        return (utf8, length, kind) -> {
            text.set(utf8, length);
            if (kind != RowReceiver.ValueKind.TEXT || !markers.contains(text)) {
                table.put(column, text, kindOf(kind));
            }
        };
    }

    @Override
    public Runnable group(List<String> path) {
        return new Group(path);
    }

    /** Records the rows that have a nested object, as soon as there is one. */
    private final class Group implements Runnable {
        private final List<String> path;
        private @Nullable ObjectPresence presence;

        Group(List<String> path) {
            this.path = path;
        }

        @Override
        public void run() {
            ObjectPresence known = presence;
            if (known == null) {
                known = table.object(path);
                presence = known;
            }
            table.put(known);
        }
    }

    private Kind kindOf(RowReceiver.ValueKind kind) {
        return switch (kind) {
            case JSON -> text.length() > 0 && text.bytes()[0] == '[' ? Kind.ARRAY : Kind.STRING;
            case TEXT -> looksBare() ? Kind.STRING : Kind.UNTYPED;
            case NUMBER, BOOLEAN, TIME -> Kind.UNTYPED;
        };
    }

    /** Returns whether the text could be a number or a boolean of JSON, which it is not because the file says it is a text. */
    private boolean looksBare() {
        byte[] bytes = text.bytes();
        boolean digit = false;
        for (int i = 0; i < text.length(); i++) {
            byte b = bytes[i];
            boolean isDigit = b >= '0' && b <= '9';
            digit |= isDigit;
            if (!isDigit && b != '-' && b != '+' && b != '.' && b != 'e' && b != 'E') {
                return text.length() <= FALSE.length() && (text.toString().equals(TRUE) || text.toString().equals(FALSE));
            }
        }
        return digit;
    }

    @Override
    public @Nullable LongFunction<String> timePrinter(List<String> path) {
        String pattern = metadata.get(FORMAT_KEY + String.join(".", path));
        if (pattern == null) {
            return null;
        }
        try {
            DateTimeFormat format = DateTimeFormat.of(pattern, ChronoUnit.MICROS);
            return micros -> format.print(format.ticksOf(micros));
        } catch (IllegalArgumentException e) {
            // the rows are not from Freshet, or from a later version
            return null;
        }
    }

    @Override
    public void beginRow() {
        table.beginRow();
    }

    @Override
    public void endRow() {
        table.endRow();
    }
}
