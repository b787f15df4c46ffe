package io.freshet.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.codec.EncodedRecords;

/** The last records of each stream, as JSON: in memory, bounded. */
@ApplicationScoped
public class History {

    private final int most;
    private final Map<String, Deque<byte[]>> recent = new ConcurrentHashMap<>();

    public History(StoreConfig config) {
        most = config.recentRecords();
    }

    /** Keeps the last records of a batch. */
    public void add(String stream, EncodedRecords json) {
        Deque<byte[]> records = recent.computeIfAbsent(stream, name -> new ArrayDeque<>());
        synchronized (records) {
            for (int i = Math.max(0, json.size() - most); i < json.size(); i++) {
                if (records.size() == most) {
                    records.removeFirst();
                }
                records.addLast(json.copy(i));
            }
        }
    }

    /** The last {@code count} records, newest first. */
    public List<String> recent(String stream, int count) {
        Deque<byte[]> records = recent.getOrDefault(stream, new ArrayDeque<>());
        List<String> newest = new ArrayList<>();
        synchronized (records) {
            var newestFirst = records.descendingIterator();
            while (newestFirst.hasNext() && newest.size() < count) {
                newest.add(new String(newestFirst.next(), StandardCharsets.UTF_8));
            }
        }
        return newest;
    }

    public void forget(String stream) {
        recent.remove(stream);
    }
}
