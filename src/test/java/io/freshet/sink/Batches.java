package io.freshet.sink;

import java.time.Instant;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.KeyEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.source.PatternSource;

/** Batches of the test pattern. */
final class Batches {

    private Batches() {
    }

    static OutgoingBatch of(long position, int size) {
        RecordBatch records = rows(position, size);
        BatchMetadata metadata = new BatchMetadata(Instant.EPOCH, 1);
        EncodedRecords json = EncodedRecords.create();
        new JsonEncoder().encode(records, metadata, json);
        return new OutgoingBatch("test", position, json, Envelopes.of(records, new KeyEncoder("user_id")),
                ((RecordBatch.Rows) records).rows().schema(), metadata);
    }

    static RecordBatch rows(long position, int size) {
        return new PatternSource(3, size).next(position, size, null);
    }
}
