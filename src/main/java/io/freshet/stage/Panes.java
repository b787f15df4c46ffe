package io.freshet.stage;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Stretches of time none of which a window divides, each with what came in it, by key. So a record is counted once, however
 * many windows it is in. Not thread-safe.
 */
final class Panes {

    /** A key, once for all panes it is in: records bring texts of their own. */
    private static final class Key {
        private final String text;
        private int panes;

        private Key(String text) {
            this.text = text;
        }
    }

    private final Aggregation aggregation;
    private final NavigableMap<Long, Map<String, Aggregate>> panes = new TreeMap<>();
    private final Map<String, Key> keys = new HashMap<>();
    private long lastStart;
    private @Nullable Map<String, Aggregate> last;

    Panes(Aggregation aggregation) {
        this.aggregation = aggregation;
    }

    boolean knows(String key) {
        return keys.containsKey(key);
    }

    int keys() {
        return keys.size();
    }

    /** What came in the pane that begins then, for a key; from now on there is something. */
    Aggregate at(long start, String key) {
        Map<String, Aggregate> pane = last;
        if (pane == null || lastStart != start) {
            pane = panes.computeIfAbsent(start, begun -> new LinkedHashMap<>());
            last = pane;
            lastStart = start;
        }
        Aggregate aggregate = pane.get(key);
        if (aggregate == null) {
            aggregate = aggregation.create();
            Key known = keys.computeIfAbsent(key, Key::new);
            known.panes++;
            pane.put(known.text, aggregate);
        }
        return aggregate;
    }

    /** All keys of a stretch of time, with what came of each. */
    Map<String, Aggregate> between(long start, long end) {
        Map<String, Aggregate> all = new LinkedHashMap<>();
        for (Map<String, Aggregate> pane : panes.subMap(start, end).values()) {
            pane.forEach((key, aggregate) -> all.computeIfAbsent(key, each -> aggregation.create()).merge(aggregate));
        }
        return all;
    }

    /** What came of one key in a stretch of time; null if nothing. */
    @Nullable
    Aggregate between(long start, long end, String key) {
        Aggregate all = null;
        for (Map<String, Aggregate> pane : panes.subMap(start, end).values()) {
            Aggregate aggregate = pane.get(key);
            if (aggregate != null) {
                all = all == null ? aggregation.create() : all;
                all.merge(aggregate);
            }
        }
        return all;
    }

    /** When the panes begin that there are. */
    Collection<Long> starts() {
        return panes.keySet();
    }

    /** Forgets the panes that begin before a moment. */
    void forgetBefore(long moment) {
        NavigableMap<Long, Map<String, Aggregate>> old = panes.headMap(moment, false);
        if (old.isEmpty()) {
            return;
        }
        for (Map<String, Aggregate> pane : old.values()) {
            pane.keySet().forEach(key -> keys.computeIfPresent(key, (same, known) -> --known.panes == 0 ? null : known));
        }
        old.clear();
        last = null;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(panes.size());
        for (Map.Entry<Long, Map<String, Aggregate>> pane : panes.entrySet()) {
            out.writeLong(pane.getKey());
            out.writeInt(pane.getValue().size());
            for (Map.Entry<String, Aggregate> each : pane.getValue().entrySet()) {
                StageState.writeText(out, each.getKey());
                each.getValue().write(out);
            }
        }
    }

    void read(DataInput in) throws IOException {
        int count = in.readInt();
        for (int pane = 0; pane < count; pane++) {
            long start = in.readLong();
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                at(start, StageState.readText(in)).read(in);
            }
        }
    }
}
