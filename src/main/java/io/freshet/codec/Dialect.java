package io.freshet.codec;

import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/**
 * What a row looks like in one text format. Lone surrogates are written as question marks, as {@link String#getBytes} does.
 */
interface Dialect {

    /**
     * How the rows of a schema are laid out.
     *
     * @param metadata whether metadata will be appended
     */
    Layout layout(Schema schema, boolean metadata);

    /** What ends a row behind its last value, when metadata is on. */
    String end(Layout layout, BatchMetadata metadata);

    /** A text, quoted and escaped. */
    String text(String value);

    /** A boolean. */
    String bool(ColumnType.Bool type, boolean value);

    /** A constant. */
    String constant(ColumnType.Constant type);

    /** Writes a text that is given as UTF-8; returns the position behind it. */
    int writeText(byte[] from, int start, int end, byte[] to, int at);

    /** Writes a text; returns the position behind it. */
    int writeText(String text, byte[] to, int at);

    /** The same for a text that is meant to be a number: without quotes if it is one in this format. */
    int writeNumber(byte[] from, int start, int end, byte[] to, int at);

    /** The most bytes that a text of so many bytes or characters takes when it is written, with what it spills. */
    static long widest(int length) {
        return 6L * length + 16;
    }
}
