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
 * Aggregates by pane and key. A pane is an interval of time that no window boundary divides, so that a record is counted once,
 * however many windows contain it. Not thread-safe.
 */
public final class Panes {

    /** A key that all its panes share, because each record brings its own copy of the text. */
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

    public Panes(Aggregation aggregation) {
        this.aggregation = aggregation;
    }

    boolean knows(String key) {
        return keys.containsKey(key);
    }

    int keys() {
        return keys.size();
    }

    /** Returns the aggregate of a key in the pane that starts at this time, and creates it if necessary. */
    Aggregate at(long start, String key) {
        Map<String, Aggregate> pane = last;
        if (pane == null || lastStart != start) {
            pane = panes.computeIfAbsent(start, startedAt -> new LinkedHashMap<>());
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

    /** Returns the merged aggregates of all keys in an interval. */
    Map<String, Aggregate> between(long start, long end) {
        Map<String, Aggregate> all = new LinkedHashMap<>();
        for (Map<String, Aggregate> pane : panes.subMap(start, end).values()) {
            pane.forEach((key, aggregate) -> all.computeIfAbsent(key, each -> aggregation.create()).merge(aggregate));
        }
        return all;
    }

    /** Returns the merged aggregate of one key in an interval, or null if it had no records. */
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

    /** Returns the start times of the panes. */
    Collection<Long> starts() {
        return panes.keySet();
    }

    /** Returns how many panes start after a time. */
    int startingAfter(long moment) {
        return panes.tailMap(moment, false).size();
    }

    /** Removes the panes that start before a time. */
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
