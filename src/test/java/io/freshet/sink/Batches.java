package io.freshet.sink;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

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

    /** Of records as they are. */
    static OutgoingBatch of(long position, String... records) {
        EncodedRecords encoded = EncodedRecords.create();
        for (String record : records) {
            byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, encoded.reserve(0, bytes.length), encoded.used(), bytes.length);
            encoded.append(bytes.length);
        }
        return new OutgoingBatch("test", position, encoded, Envelopes.NONE, null, null);
    }

    /** What stages have made of the records from a position to another, each record named by its id. */
    static OutgoingBatch made(long position, long end, long[] positions, @Nullable String[] ids, String... records) {
        OutgoingBatch batch = of(position, records);
        return new OutgoingBatch("test", position, batch.records(),
                Envelopes.NONE.from(new Origins(end, positions, ids, new @Nullable String[records.length])), null, null);
    }

    static RecordBatch rows(long position, int size) {
        return new PatternSource(3, size).next(position, size, null);
    }
}
