package io.freshet.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.freshet.codec.EncodedRecords;
import io.freshet.memory.MemoryBudget;

/**
 * Holds the most recent records of each stream as JSON in memory. The number of records per stream and the bytes of all
 * streams are limited. When the byte limit is exceeded, the stream with the most bytes loses its oldest records first.
 */
@ApplicationScoped
public class History {

    /**
     * Consecutive records, one per line.
     *
     * @param bytes the lines, in UTF-8
     * @param position the position of the first record
     * @param times the time of each record, in milliseconds since 1970
     */
    private record Chunk(byte[] bytes, long position, long[] times) {

        int size() {
            return times.length;
        }

        long memory() {
            return bytes.length + (long) Long.BYTES * times.length;
        }

        List<String> lines() {
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }

        boolean isBefore(long millis) {
            return Arrays.stream(times).allMatch(time -> time < millis);
        }

        Stream<Found> within(Instant from, Instant to) {
            return IntStream.range(0, size()).mapToObj(index -> new Found(this, index))
                    .filter(found -> !found.time().isBefore(from) && found.time().isBefore(to));
        }
    }

    /** A record of a chunk. */
    private record Found(Chunk chunk, int index) {

        Instant time() {
            return Instant.ofEpochMilli(chunk.times[index]);
        }

        String json(Map<Chunk, List<String>> lines) {
            return "{\"position\":" + (chunk.position + index) + ",\"time\":\"" + time() + "\",\"record\":"
                    + lines.computeIfAbsent(chunk, Chunk::lines).get(index) + "}";
        }
    }

    /**
     * The most recent records of one stream, in the chunks in which they arrived. The oldest chunk is removed when the
     * others hold enough records.
     */
    private static final class Recent {
        private final Deque<Chunk> chunks = new ArrayDeque<>();
        private final MemoryBudget.Account memory;
        private final AtomicLong all;
        private int size;

        /** @param all the byte count of all streams */
        Recent(MemoryBudget budget, AtomicLong all) {
            this.memory = budget.open();
            this.all = all;
        }

        private void count(long bytes) {
            memory.add(bytes);
            all.addAndGet(bytes);
        }

        synchronized void add(Chunk chunk, int max) {
            chunks.addLast(chunk);
            size += chunk.size();
            count(chunk.memory());
            while (size - chunks.getFirst().size() >= max) {
                removeFirst();
            }
        }

        private void removeFirst() {
            Chunk oldest = chunks.removeFirst();
            size -= oldest.size();
            count(-oldest.memory());
        }

        /**
         * Removes the oldest chunk to make room for other streams.
         *
         * @return false if there was nothing to remove
         */
        synchronized boolean shrink() {
            if (chunks.isEmpty()) {
                return false;
            }
            removeFirst();
            return true;
        }

        long bytes() {
            return memory.held();
        }

        synchronized void close() {
            all.addAndGet(-memory.held());
            memory.close();
        }

        synchronized List<Chunk> chunks() {
            return List.copyOf(chunks);
        }

        synchronized int deleteBefore(Instant time) {
            int before = size;
            for (Iterator<Chunk> each = chunks.iterator(); each.hasNext();) {
                Chunk chunk = each.next();
                if (chunk.isBefore(time.toEpochMilli())) {
                    each.remove();
                    size -= chunk.size();
                    count(-chunk.memory());
                }
            }
            return before - size;
        }
    }

    /** The fraction of the memory budget, as a divisor: recent records matter less than records that wait for a sink. */
    private static final int SHARE = 4;

    private final int max;
    private final MemoryBudget memory;
    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();
    private final Map<String, Recent> recent = new ConcurrentHashMap<>();

    @Inject
    public History(StoreConfig config, MemoryBudget memory) {
        this.max = most(config);
        this.memory = memory;
        this.maxBytes = Math.max(1, memory.capacity() / SHARE);
    }

    /**
     * Returns how many records of each stream are held.
     *
     * @throws IllegalArgumentException if the configured number is negative
     */
    static int most(StoreConfig config) {
        if (config.recentRecords() < 0) {
            throw new IllegalArgumentException(
                    "freshet.store.recent-records must be at least 0 (0 holds no records), not " + config.recentRecords());
        }
        return config.recentRecords();
    }

    /** Creates a history without a byte limit. */
    public History(StoreConfig config) {
        this(config, MemoryBudget.unlimited());
    }

    /**
     * Adds the records of a batch.
     *
     * @param position the position of the first record
     * @param time the time of a record in milliseconds since 1970, by its index
     */
    public void add(String stream, long position, EncodedRecords json, IntToLongFunction time) {
        if (max == 0) {
            return;
        }
        long[] times = IntStream.range(0, json.size()).mapToLong(time).toArray();
        recent.computeIfAbsent(stream, name -> new Recent(memory, used)).add(
                new Chunk(Arrays.copyOf(json.bytes(), json.used()), position, times), max);
        while (used.get() > maxBytes && shrinkLargest()) {
            // removes one chunk per iteration
        }
    }

    private boolean shrinkLargest() {
        return recent.values().stream().max(Comparator.comparingLong(Recent::bytes)).map(Recent::shrink).orElse(false);
    }

    /** Returns the last {@code count} records, newest first. */
    public List<String> recent(String stream, int count) {
        List<Chunk> chunks = chunks(stream);
        List<String> newest = new ArrayList<>();
        for (int chunk = chunks.size() - 1; chunk >= 0; chunk--) {
            List<String> lines = chunks.get(chunk).lines();
            for (int i = lines.size() - 1; i >= 0 && newest.size() < Math.min(count, max); i--) {
                newest.add(lines.get(i));
            }
        }
        return newest;
    }

    /**
     * Returns records ordered by time and position, each as {@code {"position":…,"time":…,"record":…}}.
     *
     * @param from the earliest time, inclusive
     * @param to the latest time, exclusive
     * @param skip how many records to skip
     * @param max the maximum number of records to return
     */
    public List<String> read(String stream, Instant from, Instant to, int skip, int max) {
        Map<Chunk, List<String>> lines = new IdentityHashMap<>();
        return chunks(stream).stream().flatMap(chunk -> chunk.within(from, to)).sorted(Comparator.comparing(Found::time))
                .skip(skip).limit(max).map(found -> found.json(lines)).toList();
    }

    /**
     * Deletes the batches of which all records are older than a time.
     *
     * @return how many records were deleted
     */
    public long delete(String stream, Instant before) {
        Recent records = recent.get(stream);
        return records == null ? 0 : records.deleteBefore(before);
    }

    private List<Chunk> chunks(String stream) {
        Recent records = recent.get(stream);
        return records == null ? List.of() : records.chunks();
    }

    public void forget(String stream) {
        Recent gone = recent.remove(stream);
        if (gone != null) {
            gone.close();
        }
    }
}
