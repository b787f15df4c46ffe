package io.freshet.table;

import java.util.Arrays;

/** One number, or none, for each sampled row; grows as slots are used. */
final class SlotNumbers {

    private long[] values = new long[0];

    void set(int slot, long value) {
        if (slot >= values.length) {
            int before = values.length;
            values = Arrays.copyOf(values, Math.max(slot + 16, before + (before >> 1)));
            Arrays.fill(values, before, values.length, NumberVector.MISSING);
        }
        values[slot] = value;
    }

    /** Returns the number, or {@link NumberVector#MISSING}. */
    long get(int slot) {
        return slot < values.length ? values[slot] : NumberVector.MISSING;
    }

    void clear(int slot) {
        if (slot < values.length) {
            values[slot] = NumberVector.MISSING;
        }
    }

    /** Keeps only these slots, given in ascending order; the first of them becomes slot 0. */
    void keep(int[] slots) {
        long[] kept = new long[slots.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = get(slots[i]);
        }
        values = kept;
    }

    /** Returns how many slots may hold a number; later slots have none. */
    int length() {
        return values.length;
    }

    /** Returns the numbers of the first slots, in an array of exactly that length. */
    long[] toArray(int slots) {
        int before = values.length;
        long[] all = before == slots ? values : Arrays.copyOf(values, slots);
        if (slots > before) {
            Arrays.fill(all, before, slots, NumberVector.MISSING);
        }
        return all;
    }
}
