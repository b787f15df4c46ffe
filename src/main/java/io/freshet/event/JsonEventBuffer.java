package io.freshet.event;

import java.util.Arrays;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

/**
 * A batch of events that are already JSON, one after the other in reused memory. Each event has a time, and may have a key
 * and a label. Event <i>i</i> is {@code bytes[start(i) .. end(i))}. Not thread-safe.
 */
public final class JsonEventBuffer {

    /** The maximum size in bytes of an event that is started by {@link #begin}. */
    public static final int MAX_BYTES = 1 << 13;
    private static final int GREATEST = Integer.MAX_VALUE - 16;

    private final JsonBytes json;
    private byte[] bytes;
    private int[] starts;
    private int[] ends;
    private long[] times;
    private int[] keys;
    /** Null until an event has a label. */
    private @Nullable String @Nullable [] labels;
    private @Nullable String @Nullable [] ids;
    /** Null until an event comes from a message. */
    private @Nullable Headers @Nullable [] headers;
    private int @Nullable [] partitions;
    private int size;
    private int used;

    private JsonEventBuffer(int byteCapacity, int capacity) {
        bytes = new byte[byteCapacity];
        starts = new int[capacity];
        ends = new int[capacity];
        times = new long[capacity];
        keys = new int[2 * capacity];
        json = new JsonBytes(bytes);
    }

    public static JsonEventBuffer create() {
        return new JsonEventBuffer(1 << 15, 64);
    }

    /** Creates a batch with little initial memory, for a single event. */
    public static JsonEventBuffer create(int byteCapacity) {
        return new JsonEventBuffer(byteCapacity, 1);
    }

    /** Removes all events and keeps the memory for reuse. */
    public void clear() {
        size = 0;
        used = 0;
    }

    public int size() {
        return size;
    }

    /** Returns the live array, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public int start(int event) {
        return starts[event];
    }

    public int end(int event) {
        return ends[event];
    }

    /** Returns when the event happened, in milliseconds since 1970. */
    public long time(int event) {
        return times[event];
    }

    /** Returns a copy of the bytes of the event's key; null if it has none. */
    public byte @Nullable [] key(int event) {
        return keys[2 * event] == keys[2 * event + 1] ? null
                : Arrays.copyOfRange(bytes, start(event) + keys[2 * event], start(event) + keys[2 * event + 1]);
    }

    /** Returns the ground-truth label of an event, against which a consumer can be checked; null if it has none. */
    public @Nullable String label(int event) {
        return labels == null ? null : labels[event];
    }

    /**
     * Returns an id that is unique within the event's source and stays the same when the event is read again; null if it
     * has none.
     */
    public @Nullable String id(int event) {
        return ids == null ? null : ids[event];
    }

    /**
     * Returns the headers of the message that an event came from; null if it did not come from a message. An event that
     * came from a message has the time of the message.
     */
    public @Nullable Headers headers(int event) {
        return headers == null ? null : headers[event];
    }

    /** Returns whether any event may have come from a message. */
    public boolean hasHeaders() {
        return headers != null;
    }

    /** Returns whether an event is a tombstone: a message without a value, which deletes the entity that its key identifies. */
    public boolean isTombstone(int event) {
        return starts[event] == ends[event] && keys[2 * event] != keys[2 * event + 1];
    }

    /** Returns the partition of the topic that the event came from; -1 if it did not come from a topic. */
    public int partition(int event) {
        return partitions == null ? -1 : partitions[event];
    }

    /** Returns whether any event may have a label. */
    public boolean hasLabels() {
        return labels != null;
    }

    /** Returns whether any event may have an id. */
    public boolean hasIds() {
        return ids != null;
    }

    /** Starts an event of at most {@link #MAX_BYTES} bytes, to be finished by {@link #end(long, int, int)}. */
    public JsonBytes begin() {
        reserve(MAX_BYTES);
        json.move(bytes, used);
        return json;
    }

    /**
     * Finishes the event that {@link #begin} started; it consists of the bytes written since.
     *
     * @param keyStart the position of the first byte of the key, as {@link JsonBytes#position} returns it
     * @param keyEnd the position after the last byte of the key
     */
    public void end(long time, int keyStart, int keyEnd) {
        append(json.position() - used, time, keyStart - used, keyEnd - used, null);
    }

    /** Sets the id of the last event, which is unique within its source. */
    public void identify(String id) {
        ids = set(ids, String[]::new, id);
    }

    /** Appends an event of another batch. */
    public void copy(JsonEventBuffer from, int event, @Nullable String label) {
        int length = from.end(event) - from.start(event);
        // the key of a truncated event lies after it
        int extent = Math.max(length, from.keys[2 * event + 1]);
        reserve(extent);
        System.arraycopy(from.bytes, from.start(event), bytes, used, extent);
        append(length, from.times[event], from.keys[2 * event], from.keys[2 * event + 1], label);
        ids = set(ids, String[]::new, from.id(event));
        headers = set(headers, Headers[]::new, from.headers(event));
        setPartition(from.partition(event));
        used += extent - length;
    }

    /** Appends an event and adds a suffix to the name of its first field. An event without fields is copied unchanged. */
    public void rename(JsonEventBuffer from, int event, @Nullable String label, byte[] suffix) {
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
        int keyStart = from.keys[2 * event];
        int keyEnd = from.keys[2 * event + 1];
        // the key of a message lies after its record
        int extent = Math.max(end - start, keyEnd);
        reserve(extent + suffix.length);
        System.arraycopy(from.bytes, start, bytes, used, at - start);
        System.arraycopy(suffix, 0, bytes, used + at - start, suffix.length);
        System.arraycopy(from.bytes, at, bytes, used + at - start + suffix.length, start + extent - at);
        int keyShift = keyStart >= at - start ? suffix.length : 0;
        append(end - start + suffix.length, from.times[event], keyStart + keyShift, keyEnd + keyShift, label);
        headers = set(headers, Headers[]::new, from.headers(event));
        setPartition(from.partition(event));
        used += extent - (end - start);
    }

    /** Adds a member at the end of the last event, unless that is no JSON object. */
    public void addMember(byte[] member) {
        int event = size - 1;
        int brace = ends[event] - 1;
        while (brace > starts[event] && bytes[brace] != '}') {
            brace--;
        }
        if (brace <= starts[event]) {
            return;
        }
        int before = brace - 1;
        while (bytes[before] == ' ' || bytes[before] == '\n') {
            before--;
        }
        byte[] comma = bytes[before] == '{' ? new byte[0] : new byte[] { ',' };
        byte[] keyAfter = keys[2 * event] >= ends[event] - starts[event] ? key(event) : null;
        reserve(member.length + 2 + (keyAfter == null ? 0 : keyAfter.length));
        used = brace;
        add(comma);
        add(member);
        bytes[used++] = '}';
        ends[event] = used;
        if (keyAfter != null) {
            keys[2 * event] = used - starts[event];
            add(keyAfter);
            keys[2 * event + 1] = used - starts[event];
        }
    }

    private void add(byte[] more) {
        System.arraycopy(more, 0, bytes, used, more.length);
        used += more.length;
    }

    /** Appends the first two thirds of an event: the bytes are no longer valid JSON, but the key remains. */
    public void cut(JsonEventBuffer from, int event, @Nullable String label) {
        copy(from, event, label);
        // the bytes after the cut stay, because the key may be among them
        ends[size - 1] = starts[size - 1] + (ends[size - 1] - starts[size - 1]) * 2 / 3;
    }

    /** Appends a record that was not generated here, which has neither a time nor a key. */
    public void append(byte[] from, int start, int length) {
        reserve(length);
        System.arraycopy(from, start, bytes, used, length);
        append(length, 0, 0, 0, null);
    }

    /**
     * Appends the record of a message.
     *
     * @param from the record; empty for a tombstone, which has a key
     * @param time the message's time, in milliseconds since 1970
     * @param key the message's key; null if it has none
     * @param id identifies the message in its topic
     * @param partition the message's partition
     * @param of the message's headers
     */
    public void append(byte[] from, long time, byte @Nullable [] key, String id, int partition, Headers of) {
        int keyLength = key == null ? 0 : key.length;
        reserve(from.length + keyLength);
        System.arraycopy(from, 0, bytes, used, from.length);
        append(from.length, time, from.length, from.length + keyLength, null);
        ids = set(ids, String[]::new, id);
        headers = set(headers, Headers[]::new, of);
        setPartition(partition);
        if (key != null) {
            // after the event, because the key need not be part of it
            System.arraycopy(key, 0, bytes, used, keyLength);
            used += keyLength;
        }
    }

    /** Keeps the first events and removes the others. */
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
        labels = set(labels, String[]::new, label);
        ids = set(ids, String[]::new, null);
        headers = set(headers, Headers[]::new, null);
        setPartition(-1);
    }

    private void setPartition(int partition) {
        int[] all = partitions;
        if (all == null && partition < 0) {
            return;
        }
        if (all == null) {
            all = new int[ends.length];
            Arrays.fill(all, -1);
        } else if (all.length < size) {
            all = Arrays.copyOf(all, ends.length);
        }
        all[size - 1] = partition;
        partitions = all;
    }

    /** Sets a property of the last event in an array that is created when the first event has that property. */
    private <T> @Nullable T @Nullable [] set(@Nullable T @Nullable [] known, IntFunction<T[]> array, @Nullable T value) {
        if (known == null && value == null) {
            return null;
        }
        @Nullable
        T[] all = known == null ? array.apply(ends.length) : known.length < size ? Arrays.copyOf(known, ends.length) : known;
        all[size - 1] = value;
        return all;
    }

    private void reserve(int more) {
        long needed = (long) used + more;
        if (needed > bytes.length) {
            if (needed > GREATEST) {
                throw new IllegalArgumentException("the events of a batch must not exceed 2 GB");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(GREATEST, Math.max(needed, 2L * bytes.length)));
        }
    }
}
