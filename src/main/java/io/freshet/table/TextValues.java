package io.freshet.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The texts of the sampled rows, without counts. For keys and prose. */
final class TextValues implements ColumnValues {

    private final MemoryUse memory;
    private final NumberText number = new NumberText();
    private byte[] pool = new byte[256];
    private int used;
    private long live;
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private boolean integers = true;

    TextValues(MemoryUse memory) {
        this.memory = memory;
        Arrays.fill(lengths, -1);
    }

    static TextValues of(DistinctValues column, MemoryUse memory) {
        TextValues values = new TextValues(memory);
        DistinctTexts texts = column.texts();
        for (int slot = 0; slot < column.slots(); slot++) {
            int code = column.code(slot);
            if (code >= 0) {
                values.store(slot, texts.pool(), texts.start(code), texts.length(code));
            }
        }
        for (int code = 0; code < texts.size(); code++) {
            values.checkInteger(texts.pool(), texts.start(code), texts.length(code));
        }
        return values;
    }

    @Override
    public boolean put(long row, int slot, FieldText text) {
        checkInteger(text.bytes(), 0, text.length());
        if (slot >= 0) {
            store(slot, text.bytes(), 0, text.length());
        }
        return true;
    }

    void put(int slot, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        checkInteger(bytes, 0, bytes.length);
        store(slot, bytes, 0, bytes.length);
    }

    private void checkInteger(byte[] bytes, int from, int length) {
        integers = integers && number.parse(bytes, from, length) && number.isInteger();
    }

    private void store(int slot, byte[] bytes, int from, int length) {
        clear(slot);
        if (slot >= starts.length) {
            int before = starts.length;
            int capacity = Math.max(slot + 16, before + (before >> 1));
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            Arrays.fill(lengths, before, capacity, -1);
        }
        if (used + (long) length > pool.length) {
            compact(length);
        }
        System.arraycopy(bytes, from, pool, used, length);
        starts[slot] = used;
        lengths[slot] = length;
        used += length;
        account(length);
    }

    private void account(long bytes) {
        live += bytes;
        memory.addText(bytes);
    }

    /** Moves the live texts to the front of an array that has room for as many more bytes. */
    private void compact(int more) {
        byte[] compacted = new byte[Math.toIntExact(Math.max(256, live + (live >> 2) + more))];
        int at = 0;
        for (int slot = 0; slot < lengths.length; slot++) {
            if (lengths[slot] >= 0) {
                System.arraycopy(pool, starts[slot], compacted, at, lengths[slot]);
                starts[slot] = at;
                at += lengths[slot];
            }
        }
        pool = compacted;
        used = at;
    }

    @Override
    public void clear(int slot) {
        if (slot < lengths.length && lengths[slot] >= 0) {
            account(-lengths[slot]);
            lengths[slot] = -1;
        }
    }

    @Override
    public void keep(int[] slots) {
        int[] keptStarts = new int[slots.length];
        int[] keptLengths = new int[slots.length];
        long kept = 0;
        for (int i = 0; i < slots.length; i++) {
            keptLengths[i] = length(slots[i]);
            keptStarts[i] = keptLengths[i] < 0 ? 0 : starts[slots[i]];
            kept += Math.max(0, keptLengths[i]);
        }
        starts = keptStarts;
        lengths = keptLengths;
        account(kept - live);
        compact(0);
    }

    /** Returns the length of the text in a slot, or -1. */
    private int length(int slot) {
        return slot < lengths.length ? lengths[slot] : -1;
    }

    /** Returns whether all texts, over all rows, are written as integers. */
    boolean areIntegers() {
        return integers;
    }

    /** Returns the mean number of words of the sampled texts. */
    double meanWords() {
        long words = 0;
        long texts = 0;
        for (int slot = 0; slot < lengths.length; slot++) {
            for (int i = 0; i < lengths[slot]; i++) {
                words += pool[starts[slot] + i] == ' ' ? 1 : 0;
            }
            texts += lengths[slot] >= 0 ? 1 : 0;
        }
        return texts == 0 ? 0 : 1 + (double) words / texts;
    }

    TextVector vector(int sampled) {
        TextVector vector = TextVector.create(sampled, Math.toIntExact(live));
        for (int slot = 0; slot < sampled; slot++) {
            int length = length(slot);
            if (length < 0) {
                vector.setMissing(slot);
            } else {
                System.arraycopy(pool, starts[slot], vector.reserve(length), vector.used(), length);
                vector.append(slot, length);
            }
        }
        return vector;
    }
}
