package io.freshet.stage;

import java.util.Arrays;

/**
 * Which slots cells have: a hash of runs of 64 neighbours along x, and of each run the slots of its cells side by side.
 * Points that are near each other find theirs in the same few places, and all of it is small beside the cells, so that it stays
 * in the processor's caches when the cells do not. Not thread-safe.
 */
final class CellIndex {

    private static final int BITS = 6;
    private static final int RUN = 1 << BITS;
    private static final int FIRST = 16;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Open addressing: a run, one more than it is, and beside it its number; half of the places stay free. */
    private long[] table = new long[4 * FIRST];
    /** By number of run and place in it: a slot, one more than it is. */
    private int[] slots = new int[FIRST * RUN];
    private int runs;
    private long lastRun = -1;
    private int lastNumber;

    /** The slot of a cell; −1 if it has none. */
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

    /** Where a run is in a table, or would be. */
    private static int find(long[] table, long run) {
        int mask = table.length - 1;
        int at = (int) (run * SPREAD >>> Integer.SIZE) << 1 & mask;
        while (table[at] != 0 && table[at] != run + 1) {
            at = at + 2 & mask;
        }
        return at;
    }

    /** How many bytes it takes. */
    long bytes() {
        return (long) Long.BYTES * table.length + (long) Integer.BYTES * slots.length;
    }

    /**
     * Makes sure that a cell can have a slot.
     *
     * @param most how many bytes it may take, also while it grows
     * @return false if that is not enough
     */
    boolean makeRoom(long cell, long most) {
        if (number(cell >>> BITS) >= 0) {
            return true;
        }
        if (runs * RUN == slots.length) {
            if (bytes() + 2L * Integer.BYTES * slots.length > most) {
                return false;
            }
            slots = Arrays.copyOf(slots, 2 * slots.length);
        }
        if (4 * runs >= table.length) {
            if (bytes() + 2L * Long.BYTES * table.length > most) {
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

    /** Gives a cell a slot; there is room for it. */
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
