package io.freshet.codec;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Event;

/**
 * Encodes one JSON object per record as UTF-8 without line breaks. Columns that were flattened from nested objects are nested
 * again.
 */
public final class JsonEncoder implements RecordEncoder {

    private final RowEncoder rows = new RowEncoder(JsonDialect.JSON);

    @Override
    public void encode(RecordBatch batch, @Nullable BatchMetadata metadata, EncodedRecords into) {
        if (batch instanceof RecordBatch.Rows columns) {
            rows.encode(columns.rows(), metadata, into);
            return;
        }
        if (batch instanceof RecordBatch.Written written) {
            WrittenJson.encode(written.events(), metadata, into);
            return;
        }
        into.clear(batch.size());
        JsonValues values = new JsonValues(into);
        for (Event event : ((RecordBatch.Events) batch).events()) {
            values.append(event.fields(), metadata);
        }
    }
}
