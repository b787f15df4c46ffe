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
    private byte[] bytes;
    private int[] starts;
    private int[] ends;
    private long[] times;
    private int[] keys;
    /** Null as long as no event has had one. */
    private @Nullable String @Nullable [] labels;
    private @Nullable String @Nullable [] ids;
    private int size;
    private int used;

    private WrittenEvents(int byteCapacity, int capacity) {
        bytes = new byte[byteCapacity];
        starts = new int[capacity];
        ends = new int[capacity];
        times = new long[capacity];
        keys = new int[2 * capacity];
        json = new JsonBytes(bytes);
    }

    public static WrittenEvents create() {
        return new WrittenEvents(1 << 15, 64);
    }

    /** With little memory to begin with: for a single event. */
    public static WrittenEvents create(int byteCapacity) {
        return new WrittenEvents(byteCapacity, 1);
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
        return starts[event];
    }

    public int end(int event) {
        return ends[event];
    }

    /** When it happened, milliseconds since 1970. */
    public long time(int event) {
        return times[event];
    }

    /** A copy of the bytes of its key: what it belongs to; null if it has none. */
    public byte @Nullable [] key(int event) {
        return keys[2 * event] == keys[2 * event + 1] ? null
                : Arrays.copyOfRange(bytes, start(event) + keys[2 * event], start(event) + keys[2 * event + 1]);
    }

    /** What somebody who checks a consumer wants to know about it; null for nothing. */
    public @Nullable String label(int event) {
        return labels == null ? null : labels[event];
    }

    /** What names it among all of where it came from, however often it is read; null if nothing does. */
    public @Nullable String id(int event) {
        return ids == null ? null : ids[event];
    }

    /** Whether an event may have a label. */
    public boolean hasLabels() {
        return labels != null;
    }

    /** Whether an event may have an id. */
    public boolean hasIds() {
        return ids != null;
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
        // the key of an event that was cut stands behind it
        int extent = Math.max(length, from.keys[2 * event + 1]);
        reserve(extent);
        System.arraycopy(from.bytes, from.start(event), bytes, used, extent);
        append(length, from.times[event], from.keys[2 * event], from.keys[2 * event + 1], label);
        used += extent - length;
    }

    /** Appends an event whose first field has a longer name; as it is if it has no field. */
    public void rename(WrittenEvents from, int event, @Nullable String label, byte[] suffix) {
        int start = from.start(event);
        int end = from.end(event);
        int at = start + 1;
        while (at < end && from.bytes[at] != '"') {
            at++;
        }
        at++;
        while (at < end && from.bytes[at] != '"') {
            at += from.bytes[at] == '\\' ? 2 : 1;
        }
        if (at >= end) {
            copy(from, event, label);
            return;
        }
        reserve(end - start + suffix.length);
        System.arraycopy(from.bytes, start, bytes, used, at - start);
        System.arraycopy(suffix, 0, bytes, used + at - start, suffix.length);
        System.arraycopy(from.bytes, at, bytes, used + at - start + suffix.length, end - at);
        int keyStart = from.keys[2 * event];
        int keyEnd = from.keys[2 * event + 1];
        int keyShift = keyStart >= at - start ? suffix.length : 0;
        append(end - start + suffix.length, from.times[event], keyStart + keyShift, keyEnd + keyShift, label);
    }

    /** Gives the last event other bytes instead of its last brace. */
    public void endWith(byte[] end) {
        int last = ends[size - 1] - 1;
        reserve(end.length);
        System.arraycopy(end, 0, bytes, last, end.length);
        ends[size - 1] = last + end.length;
        used = ends[size - 1];
    }

    /** Appends the first two thirds of an event: no JSON, but still with its key. */
    public void cut(WrittenEvents from, int event, @Nullable String label) {
        copy(from, event, label);
        // the bytes behind it stay: the key is among them
        ends[size - 1] = starts[size - 1] + (ends[size - 1] - starts[size - 1]) * 2 / 3;
    }

    /** Appends a record that is no event of ours: it has no time and no key. */
    public void append(byte[] from, int start, int length) {
        reserve(length);
        System.arraycopy(from, start, bytes, used, length);
        append(length, 0, 0, 0, null);
    }

    /** Appends a record that came from elsewhere, with its time, its key, if it has one, and what names it there. */
    public void append(byte[] from, long time, byte @Nullable [] key, String id) {
        int keyLength = key == null ? 0 : key.length;
        reserve(from.length + keyLength);
        System.arraycopy(from, 0, bytes, used, from.length);
        append(from.length, time, from.length, from.length + keyLength, null);
        ids = set(ids, id);
        if (key != null) {
            // behind the event: it need not be part of it
            System.arraycopy(key, 0, bytes, used, keyLength);
            used += keyLength;
        }
    }

    /** Forgets all but the first events. */
    public void shorten(int events) {
        if (events < size) {
            size = events;
            used = starts[events];
        }
    }

    private void append(int length, long time, int keyStart, int keyEnd, @Nullable String label) {
        if (size == ends.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
            keys = Arrays.copyOf(keys, 4 * size);
        }
        starts[size] = used;
        used += length;
        ends[size] = used;
        times[size] = time;
        keys[2 * size] = keyStart;
        keys[2 * size + 1] = keyEnd;
        size++;
        labels = set(labels, label);
        ids = set(ids, null);
    }

    /** What the last event has, in an array that is there once one has something. */
    private @Nullable String @Nullable [] set(@Nullable String @Nullable [] texts, @Nullable String text) {
        if (texts == null && text == null) {
            return null;
        }
        @Nullable
        String[] all = texts == null ? new @Nullable String[ends.length]
                : texts.length < size ? Arrays.copyOf(texts, ends.length) : texts;
        all[size - 1] = text;
        return all;
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
