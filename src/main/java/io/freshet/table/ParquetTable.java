package io.freshet.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.freshet.parquet.ParquetException;
import io.freshet.parquet.ParquetFile;

/** Feeds a {@link TableBuilder} from a Parquet file. */
final class ParquetTable {

    private ParquetTable() {
    }

    /** Reads a stream, which is copied to a temporary file first because the footer comes last. */
    static void read(InputStream in, TableBuilder table, ReadOptions options) throws IOException {
        Path copy = Files.createTempFile("freshet-", ".parquet");
        try {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            read(copy, table, options);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    static void read(Path path, TableBuilder table, ReadOptions options) throws IOException {
        try (ParquetFile file = ParquetFile.open(path)) {
            file.read(options.columns(), new TypedRows(table, options, "the Parquet file", file.metadata()));
        } catch (ParquetException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof TableException refused) {
                    throw refused;
                }
            }
            throw new TableException(String.valueOf(e.getMessage()));
        }
    }
}
