package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;

/**
 * Maps dictionary codes to ready-made bytes: the fixed text before the value and the value itself, as eight-byte words. They
 * are created when a code first occurs, or in advance if there are few, in a table of limited size. Values that do not fit into
 * the table are encoded again each time.
 */
final class DictionaryWriter implements FieldWriter {

    private static final int MAX_WIDTH = 8;
    private static final int MAX_WORDS = 1 << 18;
    private static final int FEW = 256;
    /** Texts that may take more bytes than this are not tried; an escape takes up to six bytes. */
    private static final int WIDEST_TRIED = 6 * 8 * MAX_WIDTH;
    /** The length of a value that has not occurred yet. */
    private static final int UNKNOWN = -1;
    /** The length of a value that is not in the table. */
    private static final int APART = -2;

    private final Dictionary dictionary;
    private final DictionaryText text;
    private final int[] lengths;
    private final int maxWidth;
    private long[] words = new long[0];
    private int width;
    private int unknown;
    private boolean apart;

    /** @param text has one more code than the dictionary: that of a missing value */
    DictionaryWriter(Dictionary dictionary, DictionaryText text) {
        this.dictionary = dictionary;
        this.text = text;
        int size = dictionary.size() + 1;
        this.maxWidth = Math.min(MAX_WIDTH, MAX_WORDS / size);
        this.lengths = new int[maxWidth == 0 ? 0 : size];
        Arrays.fill(lengths, UNKNOWN);
        this.unknown = lengths.length;
        this.apart = maxWidth == 0;
        for (int code = 0; code < lengths.length && lengths.length <= FEW; code++) {
            make(code);
        }
    }

    /** Returns whether the table belongs to this vector's dictionary. */
    boolean serves(ColumnVector vector) {
        return vector instanceof CodedVector coded && coded.dictionary() == dictionary;
    }

    @Override
    public long widest(ColumnVector vector, int from, int rows) {
        int[] codes = ((CodedVector) vector).codes();
        for (int i = from; i < from + rows && unknown > 0; i++) {
            if (lengths[codes[i]] == UNKNOWN) {
                make(codes[i]);
            }
        }
        long widest = 8L * width;
        for (int i = from; i < from + rows && apart; i++) {
            if (isApart(codes[i])) {
                widest = Math.max(widest, text.widest(codes[i]));
            }
        }
        return widest;
    }

    private boolean isApart(int code) {
        return lengths.length == 0 || lengths[code] == APART;
    }

    private void make(int code) {
        unknown--;
        byte[] bytes = text.widest(code) <= WIDEST_TRIED ? text.whole(code).getBytes(StandardCharsets.UTF_8) : null;
        if (bytes == null || bytes.length > 8 * maxWidth) {
            lengths[code] = APART;
            apart = true;
            return;
        }
        int needed = (bytes.length + 7) / 8;
        if (needed > width) {
            widen(needed);
        }
        lengths[code] = bytes.length;
        byte[] padded = Arrays.copyOf(bytes, 8 * needed);
        for (int k = 0; k < needed; k++) {
            words[code * width + k] = (long) Digits.WORD.get(padded, 8 * k);
        }
    }

    private void widen(int wider) {
        long[] moved = new long[lengths.length * wider];
        for (int code = 0; code < lengths.length && width > 0; code++) {
            System.arraycopy(words, code * width, moved, code * wider, width);
        }
        words = moved;
        width = wider;
    }

    @Override
    public void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends) {
        int[] codes = ((CodedVector) vector).codes();
        if (apart) {
            writeMixed(codes, from, rows, bytes, ends);
            return;
        }
        switch (width) {
            case 1 -> writeOne(codes, from, rows, bytes, ends);
            case 2 -> writeTwo(codes, from, rows, bytes, ends);
            case 3 -> writeThree(codes, from, rows, bytes, ends);
            case 4 -> writeFour(codes, from, rows, bytes, ends);
            default -> writeMany(codes, from, rows, bytes, ends);
        }
    }

    private void writeOne(int[] codes, int from, int rows, byte[] bytes, int[] ends) {
        long[] table = words;
        int[] sizes = lengths;
        for (int i = 0; i < rows; i++) {
            int code = codes[from + i];
            int at = ends[i];
            Digits.WORD.set(bytes, at, table[code]);
            ends[i] = at + sizes[code];
        }
    }

    private void writeTwo(int[] codes, int from, int rows, byte[] bytes, int[] ends) {
        long[] table = words;
        int[] sizes = lengths;
        for (int i = 0; i < rows; i++) {
            int code = codes[from + i];
            int at = ends[i];
            Digits.WORD.set(bytes, at, table[2 * code]);
            Digits.WORD.set(bytes, at + 8, table[2 * code + 1]);
            ends[i] = at + sizes[code];
        }
    }

    private void writeThree(int[] codes, int from, int rows, byte[] bytes, int[] ends) {
        long[] table = words;
        int[] sizes = lengths;
        for (int i = 0; i < rows; i++) {
            int code = codes[from + i];
            int at = ends[i];
            int word = 3 * code;
            Digits.WORD.set(bytes, at, table[word]);
            Digits.WORD.set(bytes, at + 8, table[word + 1]);
            Digits.WORD.set(bytes, at + 16, table[word + 2]);
            ends[i] = at + sizes[code];
        }
    }

    private void writeFour(int[] codes, int from, int rows, byte[] bytes, int[] ends) {
        long[] table = words;
        int[] sizes = lengths;
        for (int i = 0; i < rows; i++) {
            int code = codes[from + i];
            int at = ends[i];
            int word = 4 * code;
            Digits.WORD.set(bytes, at, table[word]);
            Digits.WORD.set(bytes, at + 8, table[word + 1]);
            Digits.WORD.set(bytes, at + 16, table[word + 2]);
            Digits.WORD.set(bytes, at + 24, table[word + 3]);
            ends[i] = at + sizes[code];
        }
    }

    private void writeMany(int[] codes, int from, int rows, byte[] bytes, int[] ends) {
        for (int i = 0; i < rows; i++) {
            ends[i] = writeWords(codes[from + i], bytes, ends[i]);
        }
    }

    private int writeWords(int code, byte[] bytes, int at) {
        int length = lengths[code];
        int word = width * code;
        for (int k = 0; 8 * k < length; k++) {
            Digits.WORD.set(bytes, at + 8 * k, words[word + k]);
        }
        return at + length;
    }

    private void writeMixed(int[] codes, int from, int rows, byte[] bytes, int[] ends) {
        for (int i = 0; i < rows; i++) {
            int code = codes[from + i];
            ends[i] = isApart(code) ? text.write(code, bytes, ends[i]) : writeWords(code, bytes, ends[i]);
        }
    }
}
