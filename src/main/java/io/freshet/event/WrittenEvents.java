package io.freshet.event;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Events that are JSON already, one after the other in memory that is reused, each with its time, its key and a label if it has
 * one: event <i>i</i> is {@code bytes[start(i) .. end(i))}. Not thread-safe.
 */
public final class WrittenEvents {

    /** The most bytes of one event that is written by {@link #begin}. */
    public static final int MOST_BYTES = 1 << 13;
    private static final int GREATEST = Integer.MAX_VALUE - 16;

    private final JsonBytes json;
    private byte[] bytes = new byte[1 << 15];
    private int[] ends = new int[64];
    private long[] times = new long[64];
    private int[] keys = new int[128];
    private @Nullable String[] labels = new @Nullable String[64];
    private int size;
    private int used;

    private WrittenEvents() {
        json = new JsonBytes(bytes);
    }

    public static WrittenEvents create() {
        return new WrittenEvents();
    }

    /** Forgets all events and keeps their memory. */
    public void clear() {
        size = 0;
        used = 0;
    }

    public int size() {
        return size;
    }

    /** The live array. */
    public byte[] bytes() {
        return bytes;
    }

    public int start(int event) {
        return event == 0 ? 0 : ends[event - 1];
    }

    public int end(int event) {
        return ends[event];
    }

    /** When it happened, milliseconds since 1970. */
    public long time(int event) {
        return times[event];
    }

    /** A copy of the bytes of its key: what it belongs to. */
    public byte[] key(int event) {
        return Arrays.copyOfRange(bytes, start(event) + keys[2 * event], start(event) + keys[2 * event + 1]);
    }

    /** What somebody who checks a consumer wants to know about it; null for nothing. */
    public @Nullable String label(int event) {
        return labels[event];
    }

    /** Room for one more event of at most {@link #MOST_BYTES} bytes, to be ended by {@link #end(long, int, int)}. */
    public JsonBytes begin() {
        reserve(MOST_BYTES);
        json.move(bytes, used);
        return json;
    }

    /**
     * The event that was begun is what has been written since.
     *
     * @param keyStart the position where its key begins, and behind it where it ends
     */
    public void end(long time, int keyStart, int keyEnd) {
        append(json.position() - used, time, keyStart - used, keyEnd - used, null);
    }

    /** Appends an event of another batch. */
    public void copy(WrittenEvents from, int event, @Nullable String label) {
        int length = from.end(event) - from.start(event);
        reserve(length);
        System.arraycopy(from.bytes, from.start(event), bytes, used, length);
        append(length, from.times[event], from.keys[2 * event], from.keys[2 * event + 1], label);
    }

    private void append(int length, long time, int keyStart, int keyEnd, @Nullable String label) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
            keys = Arrays.copyOf(keys, 4 * size);
            labels = Arrays.copyOf(labels, 2 * size);
        }
        used += length;
        ends[size] = used;
        times[size] = time;
        keys[2 * size] = keyStart;
        keys[2 * size + 1] = keyEnd;
        labels[size] = label;
        size++;
    }

    private void reserve(int more) {
        long needed = (long) used + more;
        if (needed > bytes.length) {
            if (needed > GREATEST) {
                throw new IllegalArgumentException("these events are more than can be held at once");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(GREATEST, Math.max(needed, 2L * bytes.length)));
        }
    }
}
