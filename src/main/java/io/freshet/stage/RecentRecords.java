package io.freshet.stage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Keeps copies of the last records that went through, in a ring: no more than so many, and none older than it may be by the
 * clock. Any thread may look.
 */
public final class RecentRecords implements Stage {

    /**
     * A record that went through.
     *
     * @param seen when, milliseconds since 1970
     */
    public record Seen(String id, long seen, Map<String, @Nullable Object> fields) {
        public Seen {
            fields = Collections.unmodifiableMap(FieldCopies.of(fields));
        }
    }

    private final String name;
    private final @Nullable Seen[] ring;
    private final long mostAge;
    private long first;
    private long next;
    private long pushedOut;
    private long expired;

    /**
     * @param most how many records
     * @param mostAge in milliseconds
     */
    public RecentRecords(String name, int most, long mostAge) {
        this.name = name;
        this.ring = new @Nullable Seen[most];
        this.mostAge = mostAge;
    }

    public String name() {
        return name;
    }

    @Override
    public synchronized void accept(StageRecord record, StageOutput out) {
        if (next - first == ring.length) {
            first++;
            pushedOut++;
        }
        ring[(int) (next++ % ring.length)] = new Seen(record.name(), out.now(), record.fields());
        out.emit(record);
    }

    @Override
    public synchronized void tick(StageOutput out) {
        expire(out.now());
    }

    private void expire(long now) {
        while (first < next) {
            int at = (int) (first % ring.length);
            Seen oldest = ring[at];
            if (oldest != null && now - oldest.seen() <= mostAge) {
                break;
            }
            ring[at] = null;
            first++;
            expired++;
        }
    }

    /**
     * The last records, newest first.
     *
     * @param most how many
     * @param since none seen before this, milliseconds since 1970
     */
    public synchronized List<Seen> last(int most, long since) {
        List<Seen> last = new ArrayList<>();
        for (long i = next - 1; i >= first && last.size() < most; i--) {
            Seen record = ring[(int) (i % ring.length)];
            if (record == null || record.seen() < since) {
                break;
            }
            last.add(record);
        }
        return last;
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
