package io.freshet.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a column, given as codes of a dictionary. The file gets a dictionary of the texts that occur in the row group.
 */
public final class TokenBuffer extends ColumnBuffer {

    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int MAX_DICTIONARY_BYTES = 1 << 20;

    private int[] codes = new int[FIRST_CAPACITY];
    /** For each code of the dictionary, its code in the file plus one; 0 if it has not occurred yet. */
    private int[] known = new int[0];
    private @Nullable Object dictionary;
    private IntFunction<byte[]> texts = code -> new byte[0];
    private final List<byte[]> entries = new ArrayList<>();
    private long entryBytes;
    private long textBytes;
    private Encoding encoding = Encoding.PLAIN;

    TokenBuffer(FileColumn column) {
        super(column);
    }

    /**
     * Sets the dictionary of the following codes.
     *
     * @param key identifies the dictionary
     * @param texts returns the UTF-8 text of a code
     */
    public void use(Object key, int size, IntFunction<byte[]> texts) {
        this.texts = texts;
        if (dictionary != key) {
            dictionary = key;
            known = new int[size];
        }
    }

    /** Adds a row with a value. */
    public void put(int code) {
        int entry = known[code];
        if (entry == 0) {
            byte[] text = texts.apply(code);
            entries.add(text);
            entryBytes += text.length + Integer.BYTES;
            entry = entries.size();
            known[code] = entry;
        }
        if (values() == codes.length) {
            codes = Arrays.copyOf(codes, 2 * codes.length);
        }
        codes[values()] = entry - 1;
        textBytes += Integer.BYTES;
        added();
    }

    @Override
    Encoding begin(ChunkWriter chunk) throws IOException {
        boolean few = entryBytes <= MAX_DICTIONARY_BYTES;
        encoding = few ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
        if (few) {
            PageBytes page = chunk.newPage();
            for (byte[] entry : entries) {
                put(entry, page);
            }
            chunk.writeDictionary(entries.size());
        }
        return encoding;
    }

    private static void put(byte[] text, PageBytes page) {
        page.putInt(text.length);
        page.write(text, 0, text.length);
    }

    @Override
    void write(int from, int to, PageBytes page) throws IOException {
        if (encoding == Encoding.RLE_DICTIONARY) {
            int width = bitWidth(entries.size());
            page.write(width);
            page.putRuns(width, from, to, codes);
        } else {
            for (int i = from; i < to; i++) {
                put(entries.get(codes[i]), page);
            }
        }
    }

    @Override
    void limits(Statistics statistics) {
        byte[] min = entries.get(0);
        byte[] max = min;
        for (byte[] entry : entries) {
            min = Arrays.compareUnsigned(entry, min) < 0 ? entry : min;
            max = Arrays.compareUnsigned(entry, max) > 0 ? entry : max;
        }
        TextBuffer.limits(statistics, min, max);
    }

    @Override
    void limits(Statistics statistics, int from, int to) {
        boolean[] seen = new boolean[entries.size()];
        byte[] min = entries.get(codes[from]);
        byte[] max = min;
        for (int i = from; i < to; i++) {
            if (!seen[codes[i]]) {
                seen[codes[i]] = true;
                byte[] entry = entries.get(codes[i]);
                min = Arrays.compareUnsigned(entry, min) < 0 ? entry : min;
                max = Arrays.compareUnsigned(entry, max) > 0 ? entry : max;
            }
        }
        TextBuffer.limits(statistics, min, max);
    }

    @Override
    long sizeBytes() {
        return textBytes + entryBytes;
    }

    @Override
    void clearValues() {
        Arrays.fill(known, 0);
        entries.clear();
        entryBytes = 0;
        textBytes = 0;
    }
}
