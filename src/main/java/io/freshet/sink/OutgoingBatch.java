package io.freshet.sink;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.table.Schema;

/**
 * A batch in the form that a sink wants.
 *
 * @param position the index in its stream of the first record of the source that it stands for
 * @param records as bytes, metadata included; live, and used again once the batch is settled
 * @param schema the columns of the records; null if they are not all alike
 * @param metadata null when it is off
 */
public record OutgoingBatch(String stream, long position, EncodedRecords records, Envelopes envelopes,
        @Nullable Schema schema, @Nullable BatchMetadata metadata) {

    public int size() {
        return records.size();
    }

    /** The index in the stream of the record of the source that a record is, or comes from. */
    public long position(int record) {
        Origins origins = envelopes.origins();
        return origins == null ? position + record : origins.position(record);
    }

    /** What names a record among all of the stream, the same however often it is made. */
    public String id(int record) {
        String id = envelopes.id(record);
        return id == null ? Long.toString(position + record) : id;
    }

    /** The position of the stream behind the batch. */
    public long end() {
        Origins origins = envelopes.origins();
        return origins == null ? position + size() : origins.end();
    }
}
