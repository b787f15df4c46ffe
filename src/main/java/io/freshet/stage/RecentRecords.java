package io.freshet.stage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.memory.MemoryBudget;

/**
 * Keeps copies of the most recent records in a ring, limited in number and in age, and fewer of them when memory is short. Any
 * thread may read them.
 */
public final class RecentRecords implements Stage {

    /**
     * A record that passed the stage.
     *
     * @param seen the time at which it passed, in milliseconds since 1970
     */
    public record Seen(String id, long seen, Map<String, @Nullable Object> fields) {
        public Seen {
            fields = Collections.unmodifiableMap(FieldCopies.of(fields));
        }
    }

    private final String name;
    private final @Nullable Seen[] ring;
    private final MemoryBudget.Account memory;
    private final long maxAge;
    private long first;
    private long next;
    private long pushedOut;
    private long expired;

    /**
     * @param max the maximum number of records
     * @param maxAge the maximum age of a record in milliseconds
     */
    public RecentRecords(String name, int max, long maxAge) {
        this(name, max, maxAge, MemoryBudget.unlimited());
    }

    /** Creates a stage within a memory budget. It removes the oldest records when the budget is exceeded. */
    public RecentRecords(String name, int max, long maxAge, MemoryBudget budget) {
        this.memory = budget.open();
        this.name = name;
        this.ring = new @Nullable Seen[max];
        this.maxAge = maxAge;
    }

    public String name() {
        return name;
    }

    @Override
    public synchronized void accept(StageRecord record, StageOutput out) {
        if (next - first == ring.length) {
            pushOut();
        }
        Seen seen = new Seen(record.name(), out.now(), record.fields());
        ring[(int) (next++ % ring.length)] = seen;
        memory.add(RecordSize.of(seen.fields()));
        while (memory.isOver() && next - first > 1) {
            pushOut();
        }
        out.emit(record);
    }

    private void pushOut() {
        removeFirst();
        pushedOut++;
    }

    private void removeFirst() {
        int at = (int) (first++ % ring.length);
        Seen oldest = ring[at];
        if (oldest != null) {
            memory.remove(RecordSize.of(oldest.fields()));
        }
        ring[at] = null;
    }

    @Override
    public synchronized void tick(StageOutput out) {
        expire(out.now());
    }

    private void expire(long now) {
        while (first < next) {
            Seen oldest = ring[(int) (first % ring.length)];
            if (oldest != null && now - oldest.seen() <= maxAge) {
                break;
            }
            removeFirst();
            expired++;
        }
    }

    /**
     * Returns the most recent records, newest first.
     *
     * @param max the maximum number of records
     * @param since the earliest time at which a record passed, in milliseconds since 1970
     */
    public synchronized List<Seen> last(int max, long since) {
        List<Seen> last = new ArrayList<>();
        for (long i = next - 1; i >= first && last.size() < max; i--) {
            Seen record = ring[(int) (i % ring.length)];
            if (record == null || record.seen() < since) {
                break;
            }
            last.add(record);
        }
        return last;
    }

    @Override
    public void release() {
        memory.close();
    }

    @Override
    public synchronized Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("records", next - first);
        counts.put("capacity", (long) ring.length);
        counts.put("pushed_out", pushedOut);
        counts.put("expired", expired);
        return counts;
    }
}
