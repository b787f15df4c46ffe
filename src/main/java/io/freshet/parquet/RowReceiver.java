package io.freshet.parquet;

import java.util.List;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

/** Takes the records of a Parquet file, value by value, as texts. */
public interface RowReceiver {

    /** The kind of a value, according to the file. */
    enum ValueKind {
        TEXT,
        NUMBER,
        BOOLEAN,
        /** A date, a time of day or an instant. */
        TIME,
        /** The JSON of a list or map. */
        JSON
    }

    /** Takes the values of one column. */
    @FunctionalInterface
    interface Values {

        /**
         * Takes the value of the current row. A row without a value has no call.
         *
         * @param utf8 holds the text in its first bytes; only valid during the call
         */
        void take(byte[] utf8, int length, ValueKind kind);
    }

    /**
     * Starts a column. Called once for each column before the first row.
     *
     * @param path the names of the enclosing groups, outermost first, and the name of the column
     */
    Values column(List<String> path);

    /**
     * Returns what is run for each row that has a group, before its values; nothing unless this is overridden. Called once for
     * each group before the first row.
     *
     * @param path the names of the enclosing groups, outermost first, and the name of the group
     */
    default Runnable group(List<String> path) {
        return () -> {
        };
    }

    /**
     * Returns how a column writes dates and times, given in microseconds since 1970-01-01T00:00Z; null for ISO 8601.
     *
     * @param path the path of the column
     */
    @Nullable
    LongFunction<String> timePrinter(List<String> path);

    void beginRow();

    void endRow();
}
