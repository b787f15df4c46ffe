package io.freshet.source;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.RecordBatch;
import io.freshet.event.WrittenEvents;
import io.freshet.table.Schema;

/**
 * The records that another stream of this process sends to its sinks, while this one runs: what came before, or while it was
 * not there, does not come again. It never slows the other stream: when it is too slow, the oldest records that wait are
 * dropped and counted. Ends when the other stream does.
 */
public final class TapSource implements Source {

    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final int most;
    private final BooleanSupplier ended;
    private final Collection<TapSource> taps;
    private boolean open;
    /** Records that the stream was told of: they stay. */
    private int promised;
    private long dropped;

    /**
     * @param most how many records may wait
     * @param ended whether the other stream sends no more
     * @param taps those that the other stream hands its records to: it is among them from when it is first asked until it is
     *        closed
     */
    public TapSource(int most, BooleanSupplier ended, Collection<TapSource> taps) {
        this.most = most;
        this.ended = ended;
        this.taps = taps;
    }

    /** Takes copies of records; called by the thread of the other stream. */
    public synchronized void offer(EncodedRecords records) {
        for (int i = 0; i < records.size(); i++) {
            waiting.add(records.copy(i));
        }
        while (waiting.size() > most + promised) {
            waiting.removeFirst();
            dropped++;
        }
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
                : new RecordBatch.Written(WrittenEvents.create());
        batch.events().clear();
        for (int i = 0; i < records; i++) {
            byte[] record = waiting.removeFirst();
            batch.events().append(record, 0, record.length);
        }
        promised = 0;
        return batch;
    }

    @Override
    public boolean isExhausted() {
        // in this order: what is sent before the end is there then
        return ended.getAsBoolean() && isEmpty();
    }

    private synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public synchronized SourceStatus status() {
        return dropped == 0 ? SourceStatus.FINE
                : new SourceStatus(null, dropped + " records were dropped: this stream is slower than the one it follows");
    }

    @Override
    public void close() {
        taps.remove(this);
    }
}
