package io.freshet.sink.database;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordEncoder;

/** Encodes rows without the metadata of their batches, for which tables have no columns. */
record TableRowEncoder(RecordEncoder rows) implements RecordEncoder {

    @Override
    public void encode(RecordBatch batch, @Nullable BatchMetadata metadata, EncodedRecords into) {
        rows.encode(batch, null, into);
    }
}
