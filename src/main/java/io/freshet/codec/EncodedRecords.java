package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encoded records, one after the other in a reusable array, each followed by a line break. Record <i>i</i> is {@code
 * bytes[start(i) .. end(i))}, and {@code bytes[0 .. used())} are all of them as lines. Not thread-safe.
 */
public final class EncodedRecords {

    /** The byte that follows each record. */
    public static final byte LINE_BREAK = '\n';
    /** Copies are rounded up to multiples of this many bytes. */
    static final int COPIED = 32;
    private static final int GREATEST = Integer.MAX_VALUE - 16;

    private byte[] bytes;
    private int[] ends;
    private int size;
    private int used;

    private EncodedRecords(int capacity) {
        bytes = new byte[capacity];
        // many small buffers may be in flight at a time
        ends = new int[Math.min(64, Math.max(4, capacity >> 6))];
    }

    public static EncodedRecords create() {
        return new EncodedRecords(1 << 13);
    }

    /** Creates a buffer with this initial capacity in bytes. */
    public static EncodedRecords create(int capacity) {
        return new EncodedRecords(capacity);
    }

    /** Returns the number of records. */
    public int size() {
        return size;
    }

    /** Returns the number of bytes of the records and their line breaks. */
    public int used() {
        return used;
    }

    /** Returns the live array, not a copy. */
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

    /** Returns a copy of the bytes of one record. */
    public byte[] copy(int record) {
        return Arrays.copyOfRange(bytes, start(record), end(record));
    }

    /** Returns one record as text. */
    public String text(int record) {
        return new String(bytes, start(record), length(record), StandardCharsets.UTF_8);
    }

    /** Removes all records, keeps the memory, and makes room for the offsets of this many records. */
    public void clear(int records) {
        size = 0;
        used = 0;
        if (ends.length < records) {
            ends = new int[records];
        }
    }

    /**
     * Makes room for {@code more} bytes of the next record after the {@code written} bytes it already has, and for its line
     * break. The record starts at {@link #used()}.
     *
     * @return the live array
     * @throws IllegalArgumentException if the records would take more than 2 GiB
     */
    public byte[] reserve(int written, long more) {
        long needed = (long) used + written + more + 1;
        if (needed > bytes.length) {
            if (needed > GREATEST) {
                throw new IllegalArgumentException("the records of a batch must not take more than 2 GiB");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(GREATEST, Math.max(needed, bytes.length * 2L)));
        }
        return bytes;
    }

    /**
     * Completes the next record, which is the {@code length} bytes from {@link #used()} on. The bytes must have been reserved.
     */
    public void append(int length) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
        }
        used += length;
        ends[size++] = used;
        bytes[used++] = LINE_BREAK;
    }

    /**
     * Appends copies of slots as records. The record of slot <i>i</i> is the bytes from {@code i · stride} to {@code
     * slotEnds[i]}. Each copy is rounded up to half a cache line, because copies whose lengths differ from row to row are
     * slower; the copy therefore reads past the end of the slot.
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
