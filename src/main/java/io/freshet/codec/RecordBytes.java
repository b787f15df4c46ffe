package io.freshet.codec;

import java.util.Arrays;

/**
 * A buffer for the bytes of one record, with the primitives that Avro and Protocol Buffers share. Reusable; not thread-safe.
 */
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

    /** Appends a varint: seven bits per byte, lowest bits first; the highest bit of a byte says that more bytes follow. */
    void putVarint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Appends a varint in zigzag encoding, which makes small magnitudes short: 0, −1, 1, −2 … become 0, 1, 2, 3 … */
    void putZigzag(long value) {
        putVarint(value << 1 ^ value >> 63);
    }

    /** Appends eight bytes in little-endian order. */
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

    /** Appends the buffer as one record. */
    void moveTo(EncodedRecords into) {
        byte[] to = into.reserve(0, size);
        System.arraycopy(bytes, 0, to, into.used(), size);
        into.append(size);
    }
}
