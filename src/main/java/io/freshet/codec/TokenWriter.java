package io.freshet.codec;

import java.util.function.IntFunction;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;

/** Dictionary codes to ready-made bytes: what stands before the value and the value itself, as eight-byte words. */
final class TokenWriter implements FieldWriter {

    private final Dictionary dictionary;
    private final int width;
    private final long[] words;
    private final int[] lengths;
    private final int longest;

    /**
     * @param token the whole text for a code; the code {@code dictionary.size()} is a missing value
     */
    TokenWriter(Dictionary dictionary, IntFunction<String> token) {
        this.dictionary = dictionary;
        Piece[] pieces = new Piece[dictionary.size() + 1];
        int most = 1;
        int longestLength = 0;
        for (int code = 0; code < pieces.length; code++) {
            pieces[code] = Piece.of(token.apply(code));
            most = Math.max(most, pieces[code].words().length);
            longestLength = Math.max(longestLength, pieces[code].length());
        }
        width = most;
        longest = longestLength;
        words = new long[pieces.length * width];
        lengths = new int[pieces.length];
        for (int code = 0; code < pieces.length; code++) {
            System.arraycopy(pieces[code].words(), 0, words, code * width, pieces[code].words().length);
            lengths[code] = pieces[code].length();
        }
    }

    /** Whether the tokens are those of this vector's dictionary. */
    boolean serves(ColumnVector vector) {
        return vector instanceof CodedVector coded && coded.dictionary() == dictionary;
    }

    @Override
    public int widest(ColumnVector vector, int rows) {
        return longest + 8 * width;
    }

    @Override
    public void write(ColumnVector vector, byte[] bytes, int[] ends, int rows) {
        int[] codes = ((CodedVector) vector).codes();
        switch (width) {
            case 1 -> writeOne(codes, bytes, ends, rows);
            case 2 -> writeTwo(codes, bytes, ends, rows);
            case 3 -> writeThree(codes, bytes, ends, rows);
            case 4 -> writeFour(codes, bytes, ends, rows);
            default -> writeMany(codes, bytes, ends, rows);
        }
    }

    private void writeOne(int[] codes, byte[] bytes, int[] ends, int rows) {
        for (int i = 0; i < rows; i++) {
            int code = codes[i];
            int at = ends[i];
            Digits.WORD.set(bytes, at, words[code]);
            ends[i] = at + lengths[code];
        }
    }

    private void writeTwo(int[] codes, byte[] bytes, int[] ends, int rows) {
        for (int i = 0; i < rows; i++) {
            int code = codes[i];
            int at = ends[i];
            Digits.WORD.set(bytes, at, words[2 * code]);
            Digits.WORD.set(bytes, at + 8, words[2 * code + 1]);
            ends[i] = at + lengths[code];
        }
    }

    private void writeThree(int[] codes, byte[] bytes, int[] ends, int rows) {
        for (int i = 0; i < rows; i++) {
            int code = codes[i];
            int at = ends[i];
            int from = 3 * code;
            Digits.WORD.set(bytes, at, words[from]);
            Digits.WORD.set(bytes, at + 8, words[from + 1]);
            Digits.WORD.set(bytes, at + 16, words[from + 2]);
            ends[i] = at + lengths[code];
        }
    }

    private void writeFour(int[] codes, byte[] bytes, int[] ends, int rows) {
        for (int i = 0; i < rows; i++) {
            int code = codes[i];
            int at = ends[i];
            int from = 4 * code;
            Digits.WORD.set(bytes, at, words[from]);
            Digits.WORD.set(bytes, at + 8, words[from + 1]);
            Digits.WORD.set(bytes, at + 16, words[from + 2]);
            Digits.WORD.set(bytes, at + 24, words[from + 3]);
            ends[i] = at + lengths[code];
        }
    }

    private void writeMany(int[] codes, byte[] bytes, int[] ends, int rows) {
        for (int i = 0; i < rows; i++) {
            int code = codes[i];
            int at = ends[i];
            int from = width * code;
            int used = (lengths[code] + 7) / 8;
            for (int k = 0; k < used; k++) {
                Digits.WORD.set(bytes, at + 8 * k, words[from + k]);
            }
            ends[i] = at + lengths[code];
        }
    }
}
