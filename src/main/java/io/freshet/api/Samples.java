package io.freshet.api;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.codec.CsvEncoder;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.ParquetRows;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordEncoder;
import io.freshet.codec.RecordWriter;
import io.freshet.model.RowGenerator;
import io.freshet.table.RowBatch;

/** Rows of a model as chunks of text, generated one at a time on request. Not thread-safe. */
final class Samples {

    private final RowGenerator generator;
    private final RowBatch batch;
    private final RecordWriter writer;
    private final RecordEncoder encoder;
    private final EncodedRecords encoded = EncodedRecords.create();
    private final boolean metadata;
    private final long first;
    private final long end;
    private long next;

    Samples(RowGenerator generator, RecordWriter writer, boolean metadata, long first, long count, int perChunk) {
        this.generator = generator;
        this.batch = generator.newBatch((int) Math.max(1, Math.min(perChunk, count)));
        this.writer = writer;
        this.encoder = writer == RecordWriter.CSV ? new CsvEncoder() : new JsonEncoder();
        this.metadata = metadata;
        this.first = first;
        this.next = first;
        this.end = first + count;
    }

    RowBatch batch() {
        return batch;
    }

    boolean hasMetadata() {
        return metadata;
    }

    boolean hasNext() {
        return next < end;
    }

    /** Returns how many records the next chunk contains. */
    int nextSize() {
        return (int) Math.min(batch.capacity(), end - next);
    }

    /** Writes the next chunk, which continues the previous ones. */
    void writeNext(OutputStream out) throws IOException {
        boolean begins = next == first;
        encodeNext();
        writer.write(encoded, begins, out);
    }

    /** Returns the next chunk as if it were the first. */
    byte[] nextAlone() {
        encodeNext();
        return writer.write(encoded, true);
    }

    /** Writes the next chunk into a Parquet file. */
    void writeNext(ParquetRows file) throws IOException {
        BatchMetadata stamp = fillNext();
        file.write(batch, stamp);
    }

    private void encodeNext() {
        BatchMetadata stamp = fillNext();
        encoder.encode(new RecordBatch.Rows(batch), stamp, encoded);
    }

    private @Nullable BatchMetadata fillNext() {
        int rows = nextSize();
        generator.fill(batch, next, rows);
        BatchMetadata stamp = metadata ? new BatchMetadata(Instant.now(), (next - first) / batch.capacity() + 1) : null;
        next += rows;
        return stamp;
    }
}
