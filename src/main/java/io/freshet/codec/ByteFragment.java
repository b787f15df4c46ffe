package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Fixed bytes that are written often. They are copied as eight-byte words and may overrun their end by up to sixteen bytes. */
final class ByteFragment {

    private static final int SPILL = 16;

    private final int length;
    private final long first;
    private final long second;
    private final long[] rest;

    private ByteFragment(byte[] bytes) {
        length = bytes.length;
        int words = Math.max(2, (length + 7) / 8);
        byte[] padded = Arrays.copyOf(bytes, words * 8);
        first = (long) Digits.WORD.get(padded, 0);
        second = (long) Digits.WORD.get(padded, 8);
        rest = new long[words - 2];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = (long) Digits.WORD.get(padded, SPILL + i * 8);
        }
    }

    /** Creates a fragment from the UTF-8 bytes of a text. A lone surrogate becomes a question mark. */
    static ByteFragment of(String text) {
        return new ByteFragment(text.getBytes(StandardCharsets.UTF_8));
    }

    int length() {
        return length;
    }

    /** Returns the maximum number of bytes that a write touches, including the overrun. */
    int widest() {
        return length + SPILL;
    }

    /**
     * Writes the bytes.
     *
     * @return the position after them
     */
    int write(byte[] bytes, int at) {
        // most fragments are no longer than this, and one extra word costs less than a branch
        Digits.WORD.set(bytes, at, first);
        Digits.WORD.set(bytes, at + 8, second);
        if (length > SPILL) {
            writeRest(bytes, at + SPILL);
        }
        return at + length;
    }

    private void writeRest(byte[] bytes, int at) {
        for (int i = 0; i < rest.length; i++) {
            Digits.WORD.set(bytes, at + 8 * i, rest[i]);
        }
    }
}
