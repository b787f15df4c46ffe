package io.freshet.table;

import java.util.Arrays;

/** Every distinct text with its exact count over all rows, and the sampled rows as codes. */
final class DistinctValues implements ColumnValues {

    private final DistinctTexts texts = new DistinctTexts();
    private final MemoryUse memory;
    private int[] slots = new int[16];
    private long sizeBytes;

    DistinctValues(MemoryUse memory) {
        this.memory = memory;
        account();
    }

    @Override
    public boolean put(long row, int slot, FieldText text) {
        int before = texts.size();
        int code = texts.add(text, row);
        if (texts.size() > before) {
            account();
        }
        if (slot >= 0) {
            if (slot >= slots.length) {
                slots = Arrays.copyOf(slots, Math.max(slot + 16, slots.length + (slots.length >> 1)));
            }
            slots[slot] = code + 1;
        }
        return true;
    }

    private void account() {
        long now = texts.sizeBytes();
        memory.addDictionary(now - sizeBytes);
        sizeBytes = now;
    }

    /** Releases the memory; the object must not be used afterwards. */
    void release() {
        memory.addDictionary(-sizeBytes);
        sizeBytes = 0;
    }

    @Override
    public void clear(int slot) {
        if (slot < slots.length) {
            slots[slot] = 0;
        }
    }

    @Override
    public void keep(int[] kept) {
        int[] codes = new int[kept.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(kept[i]) + 1;
        }
        slots = codes;
    }

    DistinctTexts texts() {
        return texts;
    }

    int size() {
        return texts.size();
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Returns how many slots may have a value. */
    int slots() {
        return slots.length;
    }

    /** Returns the code of the value in a slot, or -1. */
    int code(int slot) {
        return slot < slots.length ? slots[slot] - 1 : -1;
    }
}
