package io.freshet.stage;

import java.util.Arrays;

/**
 * Maps cells to their slots. It hashes runs of 64 neighbours along x and stores the slots of a run side by side. Points that
 * are near each other therefore read the same few places, and the index is small enough to stay in the processor's caches when
 * the cells do not fit there. Not thread-safe.
 */
final class CellIndex {

    private static final int BITS = 6;
    private static final int RUN = 1 << BITS;
    private static final int FIRST = 16;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /**
     * A hash table with open addressing: each entry is a run plus one, followed by the run's number. Half of the table stays
     * free.
     */
    private long[] table = new long[4 * FIRST];
    /** The slot of each cell plus one, indexed by the number of the run and the position in it. */
    private int[] slots = new int[FIRST * RUN];
    private int runs;
    private long lastRun = -1;
    private int lastNumber;

    /** Returns the slot of a cell, or −1 if it has none. */
    int slot(long cell) {
        int number = number(cell >>> BITS);
        return number < 0 ? -1 : slots[place(number, cell)] - 1;
    }

    private static int place(int number, long cell) {
        return number << BITS | (int) cell & RUN - 1;
    }

    private int number(long run) {
        if (run != lastRun) {
            int at = find(table, run);
            if (table[at] == 0) {
                return -1;
            }
            lastRun = run;
            lastNumber = (int) table[at + 1];
        }
        return lastNumber;
    }

    /** Returns the index of a run in a table, or the index where it would be inserted. */
    private static int find(long[] table, long run) {
        int mask = table.length - 1;
        int at = (int) (run * SPREAD >>> Integer.SIZE) << 1 & mask;
        while (table[at] != 0 && table[at] != run + 1) {
            at = at + 2 & mask;
        }
        return at;
    }

    /** Returns the size of the index in bytes. */
    long bytes() {
        return (long) Long.BYTES * table.length + (long) Integer.BYTES * slots.length;
    }

    /**
     * Makes sure that a cell can get a slot.
     *
     * @param max the maximum size in bytes, including the copy while the index grows
     * @return false if that is not enough
     */
    boolean makeRoom(long cell, long max) {
        if (number(cell >>> BITS) >= 0) {
            return true;
        }
        if (runs * RUN == slots.length) {
            if (bytes() + 2L * Integer.BYTES * slots.length > max) {
                return false;
            }
            slots = Arrays.copyOf(slots, 2 * slots.length);
        }
        if (4 * runs >= table.length) {
            if (bytes() + 2L * Long.BYTES * table.length > max) {
                return false;
            }
            table = larger();
        }
        return true;
    }

    private long[] larger() {
        long[] larger = new long[2 * table.length];
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] != 0) {
                int at = find(larger, table[i] - 1);
                larger[at] = table[i];
                larger[at + 1] = table[i + 1];
            }
        }
        return larger;
    }

    /** Assigns a slot to a cell, for which {@link #makeRoom} has made room. */
    void put(long cell, int slot) {
        long run = cell >>> BITS;
        if (number(run) < 0) {
            int at = find(table, run);
            table[at] = run + 1;
            table[at + 1] = runs++;
        }
        slots[place(number(run), cell)] = slot + 1;
    }
}
