package io.freshet.stage;

import java.util.Arrays;

/**
 * The cells of a grid that have values: of each signal the number of values, their sum, the least, the greatest and the last.
 * Dense cells are all there from the beginning, sparse ones are made when the first value comes. Not thread-safe.
 */
final class VoxelCells {

    private static final int SUM = 0;
    private static final int LEAST = 1;
    private static final int GREATEST = 2;
    private static final int LAST = 3;
    private static final int STRIDE = 4;
    private static final int FIRST = 64;

    private final int signals;
    private final boolean dense;
    private final int most;
    private double[] values;
    private int[] counts;
    private long[] versions;
    /** Sparse: the cell of each slot, and slots by hash, one more than they are. */
    private long[] cells = new long[0];
    private int[] table = new int[0];
    private int size;
    private int used;

    /**
     * @param most how many cells there may be; for dense ones, how many there are
     */
    VoxelCells(int signals, boolean dense, int most) {
        this.signals = signals;
        this.dense = dense;
        this.most = most;
        int capacity = dense ? most : Math.min(FIRST, most);
        values = new double[capacity * signals * STRIDE];
        counts = new int[capacity * signals];
        versions = new long[capacity];
        if (!dense) {
            cells = new long[capacity];
            table = new int[2 * FIRST];
        }
    }

    /** How many bytes a cell takes, at most. */
    static long bytesPerCell(int signals, boolean dense) {
        long data = signals * (STRIDE * 8L + 4) + 8;
        // while arrays grow, the old ones are there too
        return dense ? data : (data + 8 + 16) * 3 / 2;
    }

    /** The slot of a cell, which it has from now on; −1 if there is no room for it. */
    int slot(long cell) {
        if (dense) {
            return (int) cell;
        }
        int mask = table.length - 1;
        int at = hash(cell) & mask;
        while (table[at] != 0) {
            if (cells[table[at] - 1] == cell) {
                return table[at] - 1;
            }
            at = at + 1 & mask;
        }
        if (size == most) {
            return -1;
        }
        if (size == cells.length) {
            grow();
            return slot(cell);
        }
        cells[size] = cell;
        table[at] = ++size;
        return size - 1;
    }

    private static int hash(long cell) {
        long mixed = cell * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32);
    }

    private void grow() {
        int capacity = (int) Math.min(most, 2L * size);
        values = Arrays.copyOf(values, capacity * signals * STRIDE);
        counts = Arrays.copyOf(counts, capacity * signals);
        versions = Arrays.copyOf(versions, capacity);
        cells = Arrays.copyOf(cells, capacity);
        int[] bigger = new int[Integer.highestOneBit(Math.max(FIRST, capacity) - 1) << 2];
        for (int slot = 0; slot < size; slot++) {
            int at = hash(cells[slot]) & bigger.length - 1;
            while (bigger[at] != 0) {
                at = at + 1 & bigger.length - 1;
            }
            bigger[at] = slot + 1;
        }
        table = bigger;
    }

    /** Adds a value of a signal to a cell. */
    void add(int slot, int signal, double value, long version) {
        int at = slot * signals + signal;
        int base = at * STRIDE;
        if (counts[at]++ == 0) {
            values[base + LEAST] = value;
            values[base + GREATEST] = value;
        } else {
            if (value < values[base + LEAST]) {
                values[base + LEAST] = value;
            }
            if (value > values[base + GREATEST]) {
                values[base + GREATEST] = value;
            }
        }
        values[base + SUM] += value;
        values[base + LAST] = value;
        mark(slot, version);
    }

    /** Puts back what a cell had. */
    void put(int slot, int signal, VoxelValue value, long version) {
        int at = slot * signals + signal;
        counts[at] = value.count();
        values[at * STRIDE + SUM] = value.sum();
        values[at * STRIDE + LEAST] = value.least();
        values[at * STRIDE + GREATEST] = value.greatest();
        values[at * STRIDE + LAST] = value.last();
        mark(slot, version);
    }

    private void mark(int slot, long version) {
        if (versions[slot] == 0) {
            used++;
        }
        versions[slot] = version;
    }

    /** How many cells have had values. */
    int used() {
        return used;
    }

    VoxelValue value(int slot, int signal) {
        int at = slot * signals + signal;
        int base = at * STRIDE;
        return new VoxelValue(counts[at], values[base + SUM], values[base + LEAST], values[base + GREATEST],
                values[base + LAST]);
    }

    /** How many slots there are; of dense cells some may never have had a value. */
    int slots() {
        return dense ? most : size;
    }

    long cell(int slot) {
        return dense ? slot : cells[slot];
    }

    /** When a cell had its last value; 0 if it never had one. */
    long version(int slot) {
        return versions[slot];
    }
}
