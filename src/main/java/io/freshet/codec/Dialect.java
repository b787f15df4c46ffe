package io.freshet.codec;

import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/** What a row looks like in one text format. */
interface Dialect {

    /** What stands before the value of a column, as UTF-8. */
    String before(Schema schema, int column);

    /** What stands for a missing value. */
    String missing();

    /** A text, quoted and escaped. */
    String text(String value);

    /** A boolean. */
    String bool(ColumnType.Bool type, boolean value);

    /** A constant. */
    String constant(ColumnType.Constant type);

    /** Writes a text that is given as UTF-8; at most six bytes for each of its bytes, and two. */
    int writeText(byte[] from, int start, int end, byte[] to, int at);

    /** What ends a row, without metadata. */
    String end();

    /** What ends a row, with metadata. */
    String end(BatchMetadata metadata);
}
