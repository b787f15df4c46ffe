package io.freshet.codec;

import org.jspecify.annotations.Nullable;

/** Turns records into bytes, one line per record. Holds scratch memory; not thread-safe. */
public interface RecordEncoder {

    /**
     * Encodes all records of the batch.
     *
     * @param metadata appended to every record, or null for none
     * @param into forgets what it held
     */
    void encode(RecordBatch batch, @Nullable BatchMetadata metadata, EncodedRecords into);
}
