package io.freshet.codec;

import org.jspecify.annotations.Nullable;

/** Encodes records as bytes, one line per record. Holds scratch memory; not thread-safe. */
public interface RecordEncoder {

    /**
     * Encodes all records of the batch.
     *
     * @param metadata the metadata appended to every record, or null for none
     * @param into receives the records; its previous contents are removed
     */
    void encode(RecordBatch batch, @Nullable BatchMetadata metadata, EncodedRecords into);
}
