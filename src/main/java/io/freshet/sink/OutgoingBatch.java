package io.freshet.sink;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.table.Schema;

/**
 * A batch in the form that a sink wants.
 *
 * @param position the index of the first record in its stream
 * @param records as bytes, metadata included; live, and used again once the batch is settled
 * @param schema the columns of the records; null if they are not all alike
 * @param metadata null when it is off
 */
public record OutgoingBatch(String stream, long position, EncodedRecords records, Envelopes envelopes,
        @Nullable Schema schema, @Nullable BatchMetadata metadata) {

    public int size() {
        return records.size();
    }
}
