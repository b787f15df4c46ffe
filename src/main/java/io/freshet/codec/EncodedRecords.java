package io.freshet.codec;

import java.util.Arrays;

/**
 * Records as bytes, each at its own place in one array that is reused: record <i>i</i> is {@code bytes[start(i) .. end(i))}.
 * Not
 * thread-safe.
 */
public final class EncodedRecords {

    private byte[] bytes = new byte[1 << 16];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int size;

    public static EncodedRecords create() {
        return new EncodedRecords();
    }

    /** How many records there are. */
    public int size() {
        return size;
    }

    /** The live array. */
    public byte[] bytes() {
        return bytes;
    }

    public int start(int record) {
        return starts[record];
    }

    public int end(int record) {
        return ends[record];
    }

    public int length(int record) {
        return ends[record] - starts[record];
    }

    /** A copy of the bytes of one record. */
    public byte[] copy(int record) {
        return Arrays.copyOfRange(bytes, starts[record], ends[record]);
    }

    /** Forgets all records and makes room for {@code records} of them in {@code byteCapacity} bytes. */
    public byte[] reset(int records, int byteCapacity) {
        size = records;
        if (starts.length < records) {
            starts = new int[records];
            ends = new int[records];
        }
        if (bytes.length < byteCapacity) {
            bytes = new byte[byteCapacity];
        }
        return bytes;
    }

    /** Says that record {@code record} is {@code bytes[start .. end)}. */
    public void place(int record, int start, int end) {
        starts[record] = start;
        ends[record] = end;
    }
}
