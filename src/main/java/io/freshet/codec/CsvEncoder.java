package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.freshet.table.Schema;

/** One CSV line per row, UTF-8, without its line break. Rows only: events have no fixed columns. */
public final class CsvEncoder implements RecordEncoder {

    private final RowEncoder rows = new RowEncoder(CsvDialect.CSV);

    /** The line that names the columns, without its line break. */
    public static byte[] header(Schema schema, boolean metadata) {
        String names = schema.columns().stream().map(column -> CsvDialect.CSV.text(column.name()))
                .collect(Collectors.joining(","));
        return (metadata ? names + "," + BatchMetadata.GENERATED_AT + "," + BatchMetadata.BATCH_ID : names)
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws IllegalArgumentException if the batch holds events
     */
    @Override
    public void encode(RecordBatch batch, @Nullable BatchMetadata metadata, EncodedRecords into) {
        if (!(batch instanceof RecordBatch.Rows columns)) {
            throw new IllegalArgumentException("events cannot be written as CSV");
        }
        rows.encode(columns.rows(), metadata, into);
    }
}
