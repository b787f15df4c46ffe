package io.freshet.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads a table in one pass: infers the types, counts over all rows, and keeps the rows or a uniform sample of them. */
public final class TableReader {

    private TableReader() {
    }

    /**
     * @param in in the charset of the options, or with a byte order mark; it may be compressed by gzip or zstd; not closed
     * @throws TableException if it is not a valid table; the message says why and where
     */
    public static TableSample read(InputStream in, TableFormat format, ReadOptions options) throws IOException {
        if (format != TableFormat.PARQUET && !options.columns().isEmpty()) {
            throw new TableException("columns can only be chosen from a Parquet file");
        }
        if (format != TableFormat.EXCEL && !options.sheet().isEmpty()) {
            throw new TableException("a sheet can only be chosen from an Excel workbook");
        }
        TableBuilder table = new TableBuilder(options);
        switch (format) {
            case CSV -> CsvRows.read(CompressedInput.of(in), table, options);
            case NDJSON, JSON -> JsonRows.read(CompressedInput.of(in), table, format, options);
            case PARQUET -> ParquetTable.read(CompressedInput.of(in), table, options);
            case EXCEL -> ExcelTable.read(in, table, options);
        }
        return table.build();
    }

    /**
     * Reads a file. A Parquet file is read in place, and only the columns of the options.
     *
     * @throws TableException if it is no table; the message says why and where
     */
    public static TableSample read(Path file, TableFormat format, ReadOptions options) throws IOException {
        TableBuilder table = new TableBuilder(options);
        if (format == TableFormat.EXCEL) {
            ExcelTable.read(file, table, options);
        } else if (format == TableFormat.PARQUET) {
            ParquetTable.read(file, table, options);
        } else {
            try (InputStream in = Files.newInputStream(file)) {
                return read(in, format, options);
            }
        }
        return table.build();
    }

    /**
     * Reads rows whose values have types.
     *
     * @param rows called once
     * @param input what the rows come from, for messages, such as "the query"
     * @throws TableException if there are no rows or no columns, or the rows are not valid; the message says why
     */
    public static TableSample read(RowSource rows, String input, ReadOptions options) throws IOException {
        TableBuilder table = new TableBuilder(options);
        rows.read(new TypedRows(table, options, input, Map.of()));
        return table.build();
    }
}
