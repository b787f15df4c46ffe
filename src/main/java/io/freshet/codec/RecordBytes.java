package io.freshet.codec;

import java.util.Arrays;

/** The bytes of one record in the making: what Avro and Protocol Buffers have in common. Reused; not thread-safe. */
final class RecordBytes {

    private byte[] bytes = new byte[256];
    private int size;

    void clear() {
        size = 0;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    void put(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void put(byte[] from) {
        reserve(from.length);
        System.arraycopy(from, 0, bytes, size, from.length);
        size += from.length;
    }

    /** Seven bits a byte, the lowest first; the highest bit of a byte says that there are more. */
    void putVarint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** As {@link #putVarint}, small magnitudes short: 0, −1, 1, −2 … as 0, 1, 2, 3 … */
    void putZigzag(long value) {
        putVarint(value << 1 ^ value >> 63);
    }

    /** Eight bytes, little end first. */
    void putDouble(double value) {
        reserve(8);
        long bits = Double.doubleToLongBits(value);
        for (int i = 0; i < 8; i++) {
            bytes[size++] = (byte) (bits >>> 8 * i);
        }
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    /** Appends all of it as a record. */
    void moveTo(EncodedRecords into) {
        byte[] to = into.reserve(0, size);
        System.arraycopy(bytes, 0, to, into.used(), size);
        into.append(size);
    }
}
