package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Fixed bytes that are written often: moved as eight-byte words, so that they may spill up to eight bytes beyond their end. */
final class Piece {

    private final long[] words;
    private final int length;

    private Piece(byte[] bytes) {
        length = bytes.length;
        words = new long[(length + 7) / 8];
        byte[] padded = Arrays.copyOf(bytes, words.length * 8);
        for (int i = 0; i < words.length; i++) {
            words[i] = (long) Digits.WORD.get(padded, i * 8);
        }
    }

    /** The UTF-8 bytes of a text; a lone surrogate becomes a question mark. */
    static Piece of(String text) {
        return new Piece(text.getBytes(StandardCharsets.UTF_8));
    }

    int length() {
        return length;
    }

    long[] words() {
        return words;
    }

    /** Writes the bytes; returns the position behind them. */
    int write(byte[] bytes, int at) {
        for (int i = 0; i < words.length; i++) {
            Digits.WORD.set(bytes, at + 8 * i, words[i]);
        }
        return at + length;
    }
}
