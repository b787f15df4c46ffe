package io.freshet.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.codec.EncodedRecords;

/** The last records of each stream, as JSON: in memory, bounded. */
@ApplicationScoped
public class History {

    /**
     * Some records, one a line.
     *
     * @param bytes the lines, UTF-8
     * @param position of the first
     */
    private record Chunk(byte[] bytes, int size, long position, Instant time) {

        List<String> lines() {
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** The last records of one stream, in chunks as they came: the oldest chunk goes when the others are enough. */
    private static final class Recent {
        private final Deque<Chunk> chunks = new ArrayDeque<>();
        private int size;

        synchronized void add(Chunk chunk, int most) {
            chunks.addLast(chunk);
            size += chunk.size();
            while (size - chunks.getFirst().size() >= most) {
                size -= chunks.removeFirst().size();
            }
        }

        synchronized List<Chunk> chunks() {
            return List.copyOf(chunks);
        }

        synchronized int deleteBefore(Instant time) {
            int before = size;
            chunks.removeIf(chunk -> chunk.time().isBefore(time));
            size = chunks.stream().mapToInt(Chunk::size).sum();
            return before - size;
        }
    }

    private final int most;
    private final Map<String, Recent> recent = new ConcurrentHashMap<>();

    public History(StoreConfig config) {
        most = config.recentRecords();
    }

    /**
     * Keeps the last records of a batch.
     *
     * @param position of the first
     * @param time of all of them
     */
    public void add(String stream, long position, Instant time, EncodedRecords json) {
        recent.computeIfAbsent(stream, name -> new Recent()).add(
                new Chunk(Arrays.copyOf(json.bytes(), json.used()), json.size(), position, time), most);
    }

    /** The last {@code count} records, newest first. */
    public List<String> recent(String stream, int count) {
        List<Chunk> chunks = chunks(stream);
        List<String> newest = new ArrayList<>();
        for (int chunk = chunks.size() - 1; chunk >= 0; chunk--) {
            List<String> lines = chunks.get(chunk).lines();
            for (int i = lines.size() - 1; i >= 0 && newest.size() < Math.min(count, most); i--) {
                newest.add(lines.get(i));
            }
        }
        return newest;
    }

    /**
     * Records in the order of their times and positions, each as {@code {"position":…,"time":…,"record":…}}.
     *
     * @param from the time of the first
     * @param to before this time
     * @param skip how many to leave out
     * @param most how many to read
     */
    public List<String> read(String stream, Instant from, Instant to, int skip, int most) {
        List<String> page = new ArrayList<>();
        int left = skip;
        for (Chunk chunk : chunks(stream)) {
            if (chunk.time().isBefore(from) || !chunk.time().isBefore(to)) {
                continue;
            }
            if (left >= chunk.size()) {
                left -= chunk.size();
                continue;
            }
            List<String> lines = chunk.lines();
            for (int i = left; i < lines.size() && page.size() < most; i++) {
                page.add("{\"position\":" + (chunk.position() + i) + ",\"time\":\"" + chunk.time() + "\",\"record\":"
                        + lines.get(i) + "}");
            }
            left = 0;
        }
        return page;
    }

    /** Forgets the records that are older than a time; how many. */
    public long delete(String stream, Instant before) {
        Recent records = recent.get(stream);
        return records == null ? 0 : records.deleteBefore(before);
    }

    private List<Chunk> chunks(String stream) {
        Recent records = recent.get(stream);
        return records == null ? List.of() : records.chunks();
    }

    public void forget(String stream) {
        recent.remove(stream);
    }
}
