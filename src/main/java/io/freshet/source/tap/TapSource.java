package io.freshet.source.tap;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.RecordBatch;
import io.freshet.event.JsonEventBuffer;
import io.freshet.memory.MemoryBudget;
import io.freshet.source.Source;
import io.freshet.source.SourceStatus;
import io.freshet.table.Schema;

/**
 * Reads the records that another stream of this process sends to its sinks while this stream runs; earlier and missed records
 * do not arrive again. It never slows down the other stream: if it is too slow itself, the oldest waiting records are dropped
 * and counted. Ends when the other stream does.
 */
public final class TapSource implements Source {

    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final MemoryBudget.Account memory;
    private final int max;
    private final BooleanSupplier ended;
    private final Collection<TapSource> taps;
    private boolean open;
    /** How many records the stream was promised; these are not dropped. */
    private int promised;
    private long dropped;

    /**
     * @param max the maximum number of waiting records
     * @param ended whether the other stream sends no more records
     * @param taps the taps of the other stream; this source is one of them from its first use until it is closed
     * @param budget the budget of the waiting records
     */
    public TapSource(int max, BooleanSupplier ended, Collection<TapSource> taps, MemoryBudget budget) {
        this.memory = budget.open();
        this.max = max;
        this.ended = ended;
        this.taps = taps;
    }

    /** Copies records; called by the thread of the other stream. */
    public synchronized void offer(EncodedRecords records) {
        for (int i = 0; i < records.size(); i++) {
            waiting.add(records.copy(i));
            memory.add(records.length(i));
        }
        while (waiting.size() > max + promised || memory.isOver() && waiting.size() > promised + 1) {
            remove();
            dropped++;
        }
    }

    private byte[] remove() {
        byte[] record = waiting.removeFirst();
        memory.remove(record.length);
        return record;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.empty();
    }

    @Override
    public synchronized int available(long position, int wanted, Instant now) {
        if (!open) {
            open = true;
            taps.add(this);
        }
        promised = Math.min(wanted, waiting.size());
        return promised;
    }

    @Override
    public synchronized RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
        RecordBatch.Written batch = reuse instanceof RecordBatch.Written used ? used
                : new RecordBatch.Written(JsonEventBuffer.create());
        batch.events().clear();
        for (int i = 0; i < records; i++) {
            byte[] record = remove();
            batch.events().append(record, 0, record.length);
        }
        promised = 0;
        return batch;
    }

    @Override
    public boolean isExhausted() {
        // in this order, so that what is sent before the end has arrived
        return ended.getAsBoolean() && isEmpty();
    }

    private synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public synchronized SourceStatus status() {
        return dropped == 0 ? SourceStatus.FINE
                : new SourceStatus(null,
                        dropped + " records were dropped, because this stream is slower than the one it reads");
    }

    @Override
    public void close() {
        taps.remove(this);
        memory.close();
    }
}
