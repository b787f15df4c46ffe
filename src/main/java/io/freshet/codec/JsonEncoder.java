package io.freshet.codec;

import org.jspecify.annotations.Nullable;

import io.freshet.event.Event;

/** One JSON object per record, UTF-8, no line break in it. Columns that came from objects in objects go back into them. */
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
