package io.freshet.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/** The bytes of the page under construction, in Parquet's little-endian order. The buffer is reused. Not thread-safe. */
final class PageBytes extends ByteArrayOutputStream {

    private static final int ENCODER_BYTES = 1 << 16;

    PageBytes() {
        super(1 << 16);
    }

    /** Returns the live array. */
    byte[] array() {
        return buf;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        setInt(count, value);
        count += Integer.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        setInt(count, (int) value);
        setInt(count + Integer.BYTES, (int) (value >>> Integer.SIZE));
        count += Long.BYTES;
    }

    /** Overwrites four bytes. */
    void setInt(int at, int value) {
        buf[at] = (byte) value;
        buf[at + 1] = (byte) (value >>> 8);
        buf[at + 2] = (byte) (value >>> 16);
        buf[at + 3] = (byte) (value >>> 24);
    }

    private void reserve(int bytes) {
        if (count + bytes > buf.length) {
            buf = Arrays.copyOf(buf, Math.max(count + bytes, 2 * buf.length));
        }
    }

    /** Appends integers of a bit width as runs and bit-packed groups. */
    void putRuns(int bitWidth, int from, int to, Runs values) throws IOException {
        try (RunLengthBitPackingHybridEncoder encoder = new RunLengthBitPackingHybridEncoder(bitWidth, 256, ENCODER_BYTES,
                HeapByteBufferAllocator.getInstance())) {
            for (int i = from; i < to; i++) {
                encoder.writeInt(values.at(i));
            }
            encoder.toBytes().writeAllTo(this);
        }
    }

    /** The integers of a run-length encoding. */
    @FunctionalInterface
    interface Runs {
        int at(int index);
    }
}
