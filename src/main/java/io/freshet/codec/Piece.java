package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Fixed bytes that are written often: moved as eight-byte words, so that they may spill up to sixteen bytes beyond their end.
 */
final class Piece {

    private static final int SPILL = 16;

    private final int length;
    private final long first;
    private final long second;
    private final long[] rest;

    private Piece(byte[] bytes) {
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

    /** The UTF-8 bytes of a text; a lone surrogate becomes a question mark. */
    static Piece of(String text) {
        return new Piece(text.getBytes(StandardCharsets.UTF_8));
    }

    int length() {
        return length;
    }

    /** The most bytes that are written, with what is spilled. */
    int widest() {
        return length + SPILL;
    }

    /** Writes the bytes; returns the position behind them. */
    int write(byte[] bytes, int at) {
        // most pieces are no longer than this, and no branch is cheaper than a word too many
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
