package io.freshet.parquet;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The bytes of the page under construction, in Parquet's little-endian order. The buffer is reused. Not thread-safe. */
final class PageBytes extends ByteArrayOutputStream {

    /** The length of a group of the bit-packed encoding, which runs of fewer values do not interrupt. */
    private static final int GROUP = 8;
    /** The number of groups whose header takes one byte. */
    private static final int MAX_GROUPS = 63;

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

    /** Appends integers of a bit width as runs and bit-packed groups: the hybrid encoding of the format. */
    void putRuns(int bitWidth, int from, int to, int[] values) {
        for (int at = from; at < to;) {
            int length = run(values, at, to);
            if (length >= GROUP) {
                putRun(bitWidth, values[at], length);
                at += length;
            } else {
                int begin = at;
                int groups = 0;
                do {
                    at += GROUP;
                    groups++;
                } while (at < to && groups < MAX_GROUPS && run(values, at, Math.min(to, at + GROUP)) < GROUP);
                putGroups(bitWidth, groups, begin, to, values);
            }
        }
    }

    /** Returns how many equal integers follow from an index. */
    private static int run(int[] values, int from, int to) {
        int first = values[from];
        int at = from + 1;
        while (at < to && values[at] == first) {
            at++;
        }
        return at - from;
    }

    private void putRun(int bitWidth, int value, int length) {
        putVarint((long) length << 1);
        for (int bits = 0; bits < bitWidth; bits += Byte.SIZE) {
            write(value >>> bits);
        }
    }

    /** Appends whole groups, the last of which is filled up with zeros. */
    private void putGroups(int bitWidth, int groups, int from, int to, int[] values) {
        putVarint((long) groups << 1 | 1);
        int end = count + groups * bitWidth;
        reserve(groups * bitWidth);
        byte[] out = buf;
        int next = count;
        long bits = 0;
        int held = 0;
        for (int i = from; i < Math.min(to, from + groups * GROUP); i++) {
            bits |= (long) values[i] << held;
            held += bitWidth;
            while (held >= Byte.SIZE) {
                out[next++] = (byte) bits;
                bits >>>= Byte.SIZE;
                held -= Byte.SIZE;
            }
        }
        while (next < end) {
            out[next++] = (byte) bits;
            bits >>>= Byte.SIZE;
        }
        count = end;
    }

    private void putVarint(long value) {
        long rest = value;
        while (rest >= 0x80) {
            write((int) rest | 0x80);
            rest >>>= 7;
        }
        write((int) rest);
    }
}
