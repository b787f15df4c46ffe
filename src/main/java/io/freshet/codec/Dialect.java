package io.freshet.codec;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/** The syntax of rows in one text format. Lone surrogates are written as question marks, as {@link String#getBytes} does. */
interface Dialect {

    /**
     * Returns the layout of the rows of a schema.
     *
     * @param metadata whether metadata will be appended
     */
    Layout layout(Schema schema, boolean metadata);

    /** Returns the text that ends a row after its last value when metadata is enabled. */
    String end(Layout layout, BatchMetadata metadata);

    /**
     * Returns the text of a missing value.
     *
     * @param usual the text unless the column has one of its own
     */
    default String missing(Column column, String usual) {
        return usual;
    }

    /** Returns a text, quoted and escaped. */
    String text(String value);

    /** Returns the text of a boolean. */
    String bool(ColumnType.Bool type, boolean value);

    /** Returns the text of a constant. */
    String constant(ColumnType.Constant type);

    /**
     * Writes a text that is given as UTF-8.
     *
     * @return the position after it
     */
    int writeText(byte[] from, int start, int end, byte[] to, int at);

    /**
     * Writes a text.
     *
     * @return the position after it
     */
    int writeText(String text, byte[] to, int at);

    /**
     * Writes a text that represents a number, without quotes if it is a valid number in this format.
     *
     * @return the position after it
     */
    int writeNumber(byte[] from, int start, int end, byte[] to, int at);

    /** Returns the dialect for texts that contain JSON arrays. */
    default Dialect arrays() {
        return this;
    }

    /** Returns the dialect for texts that are JSON of any kind. */
    default Dialect documents() {
        return this;
    }

    /**
     * Returns the maximum number of bytes that writing a text of this length, in bytes or characters, touches, including the
     * overrun.
     */
    static long widest(int length) {
        return 6L * length + 16;
    }
}
