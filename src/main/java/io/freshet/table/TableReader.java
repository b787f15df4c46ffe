package io.freshet.table;

import java.io.IOException;
import java.io.InputStream;

/** Reads a table in one pass: infers its types, counts over all rows, keeps the rows or a uniform sample of them. */
public final class TableReader {

    private TableReader() {
    }

    /**
     * @param in UTF-8, or UTF-16 with a byte order mark; not closed
     * @throws TableException if it is no table; the message says why and where
     */
    public static TableSample read(InputStream in, TableFormat format, ReadOptions options) throws IOException {
        TableBuilder table = new TableBuilder(options);
        switch (format) {
            case CSV -> CsvRows.read(in, table, options);
            case NDJSON, JSON -> JsonRows.read(in, table);
        }
        return table.build();
    }
}
