package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.freshet.table.Schema;

/**
 * Encodes rows as CSV, one UTF-8 line per row without its line break. It does not encode events, which have no fixed columns.
 */
public final class CsvEncoder implements RecordEncoder {

    private final RowEncoder rows = new RowEncoder(CsvDialect.CSV);

    /** Returns the header line without its line break. */
    public static byte[] header(Schema schema, boolean metadata) {
        List<String> names = new ArrayList<>();
        CsvDialect.CSV.layout(schema, metadata).fields().forEach(field -> names.add(schema.column(field.column()).name()));
        if (metadata) {
            names.add(BatchMetadata.GENERATED_AT);
            names.add(BatchMetadata.BATCH_ID);
        }
        return names.stream().map(CsvDialect.CSV::text).collect(Collectors.joining(",")).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException if the batch holds events */
    @Override
    public void encode(RecordBatch batch, @Nullable BatchMetadata metadata, EncodedRecords into) {
        if (!(batch instanceof RecordBatch.Rows columns)) {
            throw new IllegalArgumentException("events cannot be written as CSV");
        }
        rows.encode(columns.rows(), metadata, into);
    }
}
