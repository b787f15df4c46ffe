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

    /** Some records, one a line. */
    private record Chunk(String lines, int size) {
    }

    /** The last records of one stream, in chunks as they came: the oldest chunk goes when the others are enough. */
    private static final class Recent {
        private final Deque<Chunk> chunks = new ArrayDeque<>();
        private int size;
    }

    private final int most;
    private final Map<String, Recent> recent = new ConcurrentHashMap<>();

    public History(StoreConfig config) {
        most = config.recentRecords();
    }

    /** Keeps the last records of a batch. */
    public void add(String stream, EncodedRecords json) {
        Chunk chunk = new Chunk(new String(json.bytes(), 0, json.used(), StandardCharsets.UTF_8), json.size());
        Recent records = recent.computeIfAbsent(stream, name -> new Recent());
        synchronized (records) {
            records.chunks.addLast(chunk);
            records.size += chunk.size();
            while (records.size - records.chunks.getFirst().size() >= most) {
                records.size -= records.chunks.removeFirst().size();
            }
        }
    }

    /** The last {@code count} records, newest first. */
    public List<String> recent(String stream, int count) {
        List<Chunk> chunks = new ArrayList<>();
        Recent records = recent.get(stream);
        if (records != null) {
            synchronized (records) {
                records.chunks.descendingIterator().forEachRemaining(chunks::add);
            }
        }
        List<String> newest = new ArrayList<>();
        for (Chunk chunk : chunks) {
            List<String> lines = chunk.lines().lines().toList();
            for (int i = lines.size() - 1; i >= 0 && newest.size() < Math.min(count, most); i--) {
                newest.add(lines.get(i));
            }
        }
        return newest;
    }

    public void forget(String stream) {
        recent.remove(stream);
    }
}
