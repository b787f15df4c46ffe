package io.freshet.parquet;

import java.io.IOException;
import java.util.Arrays;

import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Statistics;

/**
 * The texts of a column. A column with few different texts is written with a dictionary; otherwise texts are written plainly.
 */
public final class TextBuffer extends ColumnBuffer {

    /** Longer limits would make the footer large. */
    private static final int MAX_LIMIT_BYTES = 128;
    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int MAX_DISTINCT = 1 << 14;
    private static final int SLOT_BITS = 16;
    private static final int MAX_DICTIONARY_BYTES = 1 << 20;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int[] ends = new int[FIRST_CAPACITY];
    private int[] codes = new int[0];
    /** For each code, the index of the first value that has it. */
    private int[] firsts = new int[0];
    private int[] slots = new int[0];
    private int entries;

    TextBuffer(FileColumn column) {
        super(column);
    }

    /** Adds a row with a value in UTF-8. */
    public void put(byte[] text, int from, int to) {
        int start = start(values());
        int end = Math.addExact(start, to - from);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(end, 2L * bytes.length)));
        }
        if (values() == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        System.arraycopy(text, from, bytes, start, to - from);
        ends[values()] = end;
        added();
    }

    private int start(int value) {
        return value == 0 ? 0 : ends[value - 1];
    }

    @Override
    Encoding begin(ChunkWriter chunk) throws IOException {
        if (!encode()) {
            entries = 0;
            return Encoding.PLAIN;
        }
        PageBytes page = chunk.newPage();
        for (int code = 0; code < entries; code++) {
            putPlain(firsts[code], page);
        }
        chunk.writeDictionary(entries);
        return Encoding.RLE_DICTIONARY;
    }

    /**
     * Gives each distinct text a code.
     *
     * @return false if the texts are too many or too long
     */
    private boolean encode() {
        if (values() == 0) {
            return false;
        }
        if (slots.length == 0) {
            slots = new int[1 << SLOT_BITS];
            firsts = new int[MAX_DISTINCT];
        } else {
            Arrays.fill(slots, 0);
        }
        codes = codes.length < values() ? new int[ends.length] : codes;
        entries = 0;
        int max = Math.min(MAX_DISTINCT, values() / 2 + 1);
        long size = 0;
        for (int i = 0; i < values(); i++) {
            int before = entries;
            int slot = slot(i);
            if (slots[slot] == 0) {
                size += ends[i] - start(i);
                if (before == max || size > MAX_DICTIONARY_BYTES) {
                    return false;
                }
                firsts[entries++] = i;
                slots[slot] = entries;
            }
            codes[i] = slots[slot] - 1;
        }
        return true;
    }

    /** Returns the slot of a text, or the free slot where it belongs. */
    private int slot(int value) {
        int start = start(value);
        long hash = 0;
        for (int i = start; i < ends[value]; i++) {
            hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
        }
        int slot = (int) ((hash ^ ends[value] - start) * 0x9E3779B97F4A7C15L >>> Long.SIZE - SLOT_BITS);
        while (slots[slot] != 0 && !areEqual(firsts[slots[slot] - 1], value)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean areEqual(int a, int b) {
        return Arrays.equals(bytes, start(a), ends[a], bytes, start(b), ends[b]);
    }

    private void putPlain(int value, PageBytes page) {
        int start = start(value);
        page.putInt(ends[value] - start);
        page.write(bytes, start, ends[value] - start);
    }

    @Override
    void write(int from, int to, PageBytes page) throws IOException {
        if (entries > 0) {
            int width = bitWidth(entries);
            page.write(width);
            page.putRuns(width, from, to, codes);
        } else {
            for (int i = from; i < to; i++) {
                putPlain(i, page);
            }
        }
    }

    @Override
    void limits(Statistics statistics) {
        limits(statistics, 0, values());
    }

    @Override
    void limits(Statistics statistics, int from, int to) {
        int min = from;
        int max = from;
        for (int i = from + 1; i < to; i++) {
            min = compare(i, min) < 0 ? i : min;
            max = compare(i, max) > 0 ? i : max;
        }
        limits(statistics, Arrays.copyOfRange(bytes, start(min), ends[min]), Arrays.copyOfRange(bytes, start(max), ends[max]));
    }

    private int compare(int a, int b) {
        return Arrays.compareUnsigned(bytes, start(a), ends[a], bytes, start(b), ends[b]);
    }

    static void limits(Statistics statistics, byte[] min, byte[] max) {
        if (min.length <= MAX_LIMIT_BYTES && max.length <= MAX_LIMIT_BYTES) {
            statistics.setMin_value(min).setMax_value(max);
        }
    }

    @Override
    long sizeBytes() {
        return start(values()) + (long) Integer.BYTES * values();
    }

    @Override
    void clearValues() {
        entries = 0;
    }
}
