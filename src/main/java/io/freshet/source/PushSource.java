package io.freshet.source;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.RecordBatch;
import io.freshet.event.JsonEventBuffer;
import io.freshet.memory.MemoryBudget;
import io.freshet.table.Schema;

/**
 * Reads the records that clients push into the stream; positions count them. Waiting records are held in memory, and lost when
 * the process ends.
 */
public final class PushSource implements Source {

    private final long sliceBytes;
    private PushBuffer buffer;

    /**
     * @param capacity the maximum number of records that not all sinks have acknowledged
     * @param memory the budget of these records
     */
    public PushSource(int capacity, MemoryBudget memory) {
        this.sliceBytes = memory.slice();
        this.buffer = new PushBuffer(capacity, memory);
        buffer.assign(this, 0);
    }

    /**
     * Continues with the records of an earlier source of the same stream. Must be called before records are requested.
     *
     * @param position where the stream continues
     */
    public void adopt(PushBuffer other, long position) {
        buffer.close(this, System.nanoTime());
        buffer = other;
        buffer.assign(this, position);
    }

    @Override
    public Optional<PushBuffer> pushes() {
        return Optional.of(buffer);
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public int available(long position, int wanted, Instant now) {
        return buffer.within(wanted, sliceBytes);
    }

    @Override
    public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        RecordBatch.Written batch = reuse instanceof RecordBatch.Written used ? used
                : new RecordBatch.Written(JsonEventBuffer.create());
        batch.events().clear();
        buffer.take(position, records, batch.events());
        return batch;
    }

    @Override
    public void settled(long position) {
        buffer.settle(position, System.nanoTime());
    }

    @Override
    public SourceStatus status() {
        return SourceStatus.of(buffer.status());
    }

    @Override
    public void close() {
        buffer.close(this, System.nanoTime());
    }
}
