package io.freshet.table;

import java.io.IOException;

import io.freshet.parquet.RowReceiver;

/** Rows whose values have types, such as those of a query. */
@FunctionalInterface
public interface RowSource {

    /** Passes all rows in order: first all columns, then row by row. */
    void read(RowReceiver into) throws IOException;
}
