package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Records as bytes, one after the other in an array that is reused, each with a line break behind it: record <i>i</i> is
 * {@code bytes[start(i) .. end(i))}, and {@code bytes[0 .. used())} are all of them as lines. Not thread-safe.
 */
public final class EncodedRecords {

    /** What stands behind each record. */
    public static final byte LINE_BREAK = '\n';
    /** Copies are of multiples of this many bytes. */
    static final int COPIED = 32;
    private static final int GREATEST = Integer.MAX_VALUE - 16;

    private byte[] bytes;
    private int[] ends;
    private int size;
    private int used;

    private EncodedRecords(int capacity) {
        bytes = new byte[capacity];
        // many that are small may wait at a time
        ends = new int[Math.min(64, Math.max(4, capacity >> 6))];
    }

    public static EncodedRecords create() {
        return new EncodedRecords(1 << 13);
    }

    /** With room for this many bytes to begin with. */
    public static EncodedRecords create(int capacity) {
        return new EncodedRecords(capacity);
    }

    /** How many records there are. */
    public int size() {
        return size;
    }

    /** How many bytes the records and their line breaks take. */
    public int used() {
        return used;
    }

    /** The live array. */
    public byte[] bytes() {
        return bytes;
    }

    public int start(int record) {
        return record == 0 ? 0 : ends[record - 1] + 1;
    }

    public int end(int record) {
        return ends[record];
    }

    public int length(int record) {
        return end(record) - start(record);
    }

    /** A copy of the bytes of one record. */
    public byte[] copy(int record) {
        return Arrays.copyOfRange(bytes, start(record), end(record));
    }

    /** One record as text. */
    public String text(int record) {
        return new String(bytes, start(record), length(record), StandardCharsets.UTF_8);
    }

    /** Forgets all records, keeps their memory, and makes room for the places of this many. */
    public void clear(int records) {
        size = 0;
        used = 0;
        if (ends.length < records) {
            ends = new int[records];
        }
    }

    /**
     * The live array, with room for {@code more} bytes of the next record behind the {@code written} ones it has so far, and
     * for its line break. It starts at {@link #used()}.
     *
     * @throws IllegalArgumentException if the records would take more than 2 GiB
     */
    public byte[] reserve(int written, long more) {
        long needed = (long) used + written + more + 1;
        if (needed > bytes.length) {
            if (needed > GREATEST) {
                throw new IllegalArgumentException("these records are more than can be encoded at once");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(GREATEST, Math.max(needed, bytes.length * 2L)));
        }
        return bytes;
    }

    /** Says that the next record is the {@code length} bytes from {@link #used()} on; room was reserved for them. */
    public void append(int length) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
        }
        used += length;
        ends[size++] = used;
        bytes[used++] = LINE_BREAK;
    }

    /**
     * Appends copies of slots as records: of slot <i>i</i>, the bytes from {@code i · stride} to {@code slotEnds[i]}. Whole
     * halves of cache lines are copied, as lengths that differ from row to row cost more: so many more bytes are read.
     */
    void append(byte[] slots, int stride, int[] slotEnds, int count) {
        byte[] to = reserve(0, (long) (stride + 1) * count + COPIED);
        if (ends.length < size + count) {
            ends = Arrays.copyOf(ends, Math.max(size + count, size * 2));
        }
        int[] at = ends;
        int next = used;
        for (int i = 0; i < count; i++) {
            int start = i * stride;
            int length = slotEnds[i] - start;
            System.arraycopy(slots, start, to, next, length + COPIED - 1 & -COPIED);
            next += length;
            at[size + i] = next;
            to[next++] = LINE_BREAK;
        }
        size += count;
        used = next;
    }
}
