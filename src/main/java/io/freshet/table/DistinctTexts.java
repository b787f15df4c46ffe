package io.freshet.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Distinct texts in the order of their first occurrence, each with its count and the row of that occurrence. A text costs its
 * UTF-8 bytes and about 32 more: a hash table of codes over one byte array, without an object per text. Not thread-safe.
 */
final class DistinctTexts {

    private byte[] pool = new byte[256];
    private int[] ends = new int[16];
    private int[] hashes = new int[16];
    private long[] counts = new long[16];
    private int[] firstRows = new int[16];
    private int[] table = new int[32];
    private int size;

    /**
     * Counts a text.
     *
     * @return its code, which may be new
     */
    int add(FieldText text, long row) {
        int hash = hash(text.bytes(), text.length());
        int slot = slotOf(text.bytes(), text.length(), hash);
        int code = table[slot] - 1;
        if (code < 0) {
            code = size;
            append(text, hash, row);
            table[slot] = size;
            if (size * 2 > table.length) {
                rehash();
            }
        }
        counts[code]++;
        return code;
    }

    boolean contains(FieldText text) {
        return table[slotOf(text.bytes(), text.length(), hash(text.bytes(), text.length()))] > 0;
    }

    private int slotOf(byte[] bytes, int length, int hash) {
        int mask = table.length - 1;
        int slot = hash & mask;
        while (table[slot] > 0 && !holds(table[slot] - 1, bytes, length, hash)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean holds(int code, byte[] bytes, int length, int hash) {
        return hashes[code] == hash && Arrays.equals(pool, start(code), ends[code], bytes, 0, length);
    }

    private void append(FieldText text, int hash, long row) {
        if (size == ends.length) {
            int capacity = size * 2;
            ends = Arrays.copyOf(ends, capacity);
            hashes = Arrays.copyOf(hashes, capacity);
            counts = Arrays.copyOf(counts, capacity);
            firstRows = Arrays.copyOf(firstRows, capacity);
        }
        int start = start(size);
        int end = start + text.length();
        if (end > pool.length) {
            pool = Arrays.copyOf(pool, Math.max(end, pool.length + (pool.length >> 1)));
        }
        System.arraycopy(text.bytes(), 0, pool, start, text.length());
        ends[size] = end;
        hashes[size] = hash;
        firstRows[size] = (int) Math.min(row, Integer.MAX_VALUE);
        size++;
    }

    private void rehash() {
        table = new int[table.length * 2];
        int mask = table.length - 1;
        for (int code = 0; code < size; code++) {
            int slot = hashes[code] & mask;
            while (table[slot] > 0) {
                slot = slot + 1 & mask;
            }
            table[slot] = code + 1;
        }
    }

    private static int hash(byte[] bytes, int length) {
        long hash = length;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash >>> 32);
    }

    int size() {
        return size;
    }

    /** Returns the live bytes of all texts. */
    byte[] pool() {
        return pool;
    }

    int start(int code) {
        return code == 0 ? 0 : ends[code - 1];
    }

    int length(int code) {
        return ends[code] - start(code);
    }

    String text(int code) {
        return new String(pool, start(code), length(code), StandardCharsets.UTF_8);
    }

    long count(int code) {
        return counts[code];
    }

    /** Returns the first row, counted from 1, that had the text. */
    long firstRow(int code) {
        return firstRows[code];
    }

    /** Returns the mean length in bytes; 0 if there are no texts. */
    double meanLength() {
        return size == 0 ? 0 : (double) ends[size - 1] / size;
    }

    /** Returns the memory of the arrays. */
    long sizeBytes() {
        return pool.length + 20L * ends.length + 4L * table.length;
    }
}
