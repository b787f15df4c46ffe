package io.freshet.stage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.freshet.memory.MemoryBudget;
import io.freshet.stats.Philox;

/**
 * Buffers records while the sinks are full, so that the stages before it can continue. When the buffer holds too many records
 * or takes too much memory, an overflow strategy decides. The buffered records survive a restart where stage state is kept.
 */
public final class QueueStage implements Stage {

    private static final int VERSION = 1;

    /** A buffered record and its approximate size in bytes. */
    private record Held(StageRecord record, long bytes) {
        static Held of(StageRecord record) {
            return new Held(record, RecordSize.of(record.fields()));
        }
    }

    /** What happens to a record that does not fit. */
    public enum Overflow {
        /** Every record fits, because the stream reads no more records than the buffer has room for. */
        BLOCK,
        DROP_OLDEST,
        DROP_NEWEST,
        /** A sample of the records replaces the oldest ones; the others are dropped. */
        SAMPLE
    }

    private final int max;
    private final Overflow overflow;
    private final double share;
    private final MemoryBudget.Account memory;
    private final Deque<Held> waiting = new ArrayDeque<>();
    private final long[] words = new long[2];
    private int room;
    private volatile int held;
    private volatile int maxHeld;

    /**
     * @param max the maximum number of buffered records
     * @param share the share of the records that do not fit which {@code SAMPLE} keeps, 0 to 1; the choice is a function of
     *        their positions
     */
    public QueueStage(int max, Overflow overflow, double share) {
        this(max, overflow, share, MemoryBudget.unlimited());
    }

    /**
     * Creates a buffer within a memory budget.
     *
     * @param budget records that exceed it are treated like those beyond {@code max}
     */
    public QueueStage(int max, Overflow overflow, double share, MemoryBudget budget) {
        this.memory = budget.open();
        this.max = max;
        this.overflow = overflow;
        this.share = share;
    }

    @Override
    public void tick(StageOutput out) {
        room = out.room();
        while (room > 0 && !waiting.isEmpty()) {
            release(out, remove());
        }
        count();
    }

    private void release(StageOutput out, StageRecord record) {
        room--;
        out.emit(record);
    }

    @Override
    public void accept(StageRecord record, StageOutput out) {
        if (room > 0 && waiting.isEmpty()) {
            release(out, record);
        } else {
            accept(Held.of(record), out);
        }
        count();
    }

    private void accept(Held held, StageOutput out) {
        if (overflow == Overflow.BLOCK || hasRoomFor(held)) {
            add(held);
        } else if (overflow == Overflow.DROP_OLDEST || overflow == Overflow.SAMPLE && isInSample(held.record())) {
            while (!waiting.isEmpty() && !hasRoomFor(held)) {
                out.drop(remove());
            }
            add(held);
        } else {
            out.drop(held.record());
        }
    }

    private boolean hasRoomFor(Held held) {
        return waiting.size() < max && memory.hasRoomFor(held.bytes());
    }

    private void add(Held held) {
        waiting.add(held);
        memory.add(held.bytes());
    }

    private StageRecord remove() {
        Held held = waiting.remove();
        memory.remove(held.bytes());
        return held.record();
    }

    private boolean isInSample(StageRecord record) {
        Philox.words(record.position(), 0, 0, max, words);
        return Philox.uniform(words[0]) < share;
    }

    @Override
    public void finish(StageOutput out) {
        while (!waiting.isEmpty()) {
            out.emit(remove());
        }
        count();
    }

    private void count() {
        held = waiting.size();
        maxHeld = Math.max(maxHeld, held);
    }

    @Override
    public int held() {
        return held;
    }

    @Override
    public int ahead() {
        if (overflow != Overflow.BLOCK) {
            return Integer.MAX_VALUE;
        }
        return memory.hasRoom() ? Math.max(0, max - held) : 0;
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("held", (long) held);
        counts.put("most_held", (long) maxHeld);
        return counts;
    }

    @Override
    public void release() {
        memory.close();
    }

    @Override
    public boolean keepsState() {
        return true;
    }

    @Override
    public byte[] state() {
        return StageState.of(VERSION, out -> {
            out.writeInt(waiting.size());
            for (Held each : waiting) {
                RecordState.write(each.record(), out);
            }
            for (Held each : waiting) {
                MessageState.write(each.record(), out);
            }
        });
    }

    @Override
    public void restore(byte[] state) {
        StageState.restore(state, VERSION, in -> {
            List<StageRecord> records = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                records.add(RecordState.read(in));
            }
            boolean messages = StageState.hasMore(in);
            for (StageRecord record : records) {
                add(Held.of(messages ? MessageState.read(record, in) : record));
            }
        });
        count();
    }
}
