package io.freshet.sink;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.KeyEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.event.Headers;
import io.freshet.source.pattern.PatternSource;

/** Creates batches of the test pattern. */
public final class Batches {

    private Batches() {
    }

    public static EncodedBatch of(long position, int size) {
        RecordBatch records = rows(position, size);
        BatchMetadata metadata = new BatchMetadata(Instant.EPOCH, 1);
        EncodedRecords json = EncodedRecords.create();
        new JsonEncoder().encode(records, metadata, json);
        return new EncodedBatch("test", position, json,
                RecordHeaders.of(records, new RecordHeaderFields(new KeyEncoder("user_id"), null, null, null)),
                ((RecordBatch.Rows) records).rows().schema(), metadata);
    }

    /** Creates a batch of these records. */
    public static EncodedBatch of(long position, String... records) {
        EncodedRecords encoded = EncodedRecords.create();
        for (String record : records) {
            byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, encoded.reserve(0, bytes.length), encoded.used(), bytes.length);
            encoded.append(bytes.length);
        }
        return new EncodedBatch("test", position, encoded, RecordHeaders.NONE, null, null);
    }

    /** Creates a batch of records that stages have made from the source records between two positions, each with its id. */
    public static EncodedBatch made(long position, long end, long[] positions, @Nullable String[] ids, String... records) {
        EncodedBatch batch = of(position, records);
        return new EncodedBatch("test", position, batch.records(),
                RecordHeaders.NONE.from(new SourcePositions(end, positions, ids, new @Nullable String[records.length],
                        new @Nullable Headers[records.length], new BitSet())),
                null, null);
    }

    public static RecordBatch rows(long position, int size) {
        return new PatternSource(3, size).next(position, size, null);
    }
}
