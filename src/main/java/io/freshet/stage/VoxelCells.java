package io.freshet.stage;

import java.util.Arrays;

/**
 * The cells of a grid that have values: of each signal the number of values, their sum, the least, the greatest and the last.
 * Dense cells are all there from the beginning, sparse ones are made when the first value comes. Not thread-safe.
 */
final class VoxelCells {

    private static final int VERSION = 0;
    private static final int CELL = 1;
    private static final int COUNT = 0;
    private static final int SUM = 1;
    private static final int LEAST = 2;
    private static final int GREATEST = 3;
    private static final int LAST = 4;
    private static final int PER_SIGNAL = 5;
    private static final int FIRST = 64;

    private final boolean dense;
    private final long mostBytes;
    /** Where the first signal is in what belongs to a cell, and how long that is. */
    private final int first;
    private final int stride;
    /**
     * All that belongs to a cell side by side, numbers as the bits they have: points are all over the grid, and each place in
     * memory that has to be fetched for one of them takes longer than everything else.
     */
    private long[] data;
    /** Of sparse cells. */
    private final CellIndex index = new CellIndex();
    private int most;
    private int capacity;
    private int size;
    private int used;

    /**
     * @param most how many cells there may be; for dense ones, how many there are
     * @param mostBytes how much memory sparse ones may take, also while they become more
     */
    VoxelCells(int signals, boolean dense, int most, long mostBytes) {
        this.dense = dense;
        this.most = most;
        this.mostBytes = mostBytes;
        first = dense ? CELL : CELL + 1;
        stride = first + signals * PER_SIGNAL;
        capacity = dense ? most : Math.min(FIRST, most);
        data = new long[capacity * stride];
    }

    /** How many bytes a cell takes, at least. */
    static long bytesPerCell(int signals, boolean dense) {
        return 8L * (signals * PER_SIGNAL + (dense ? CELL : CELL + 1));
    }

    /** How many cells there may be, as far as is known. */
    int most() {
        return most;
    }

    /** The slot of a cell, which it has from now on; −1 if there is no room for it. */
    int slot(long cell) {
        if (dense) {
            return (int) cell;
        }
        int slot = index.slot(cell);
        return slot < 0 ? make(cell) : slot;
    }

    private int make(long cell) {
        if (size == most || size == capacity && !grow() || !index.makeRoom(cell, mostBytes - bytes())) {
            most = size;
            return -1;
        }
        data[size * stride + CELL] = cell;
        index.put(cell, size);
        return size++;
    }

    private long bytes() {
        return (long) Long.BYTES * data.length;
    }

    /** Whether there is room for more than there are; while they are copied, there are two of each. */
    private boolean grow() {
        long room = (mostBytes - index.bytes() - bytes()) / ((long) Long.BYTES * stride);
        capacity = (int) Math.max(size, Math.min(Math.min(most, 2L * size), room));
        if (capacity > size) {
            data = Arrays.copyOf(data, capacity * stride);
        }
        return capacity > size;
    }

    private int base(int slot, int signal) {
        return slot * stride + first + signal * PER_SIGNAL;
    }

    private double number(int index) {
        return Double.longBitsToDouble(data[index]);
    }

    private void number(int index, double value) {
        data[index] = Double.doubleToRawLongBits(value);
    }

    /** Adds a value of a signal to a cell. */
    void add(int slot, int signal, double value, long version) {
        int base = base(slot, signal);
        long count = data[base + COUNT]++;
        if (count == 0 || value < number(base + LEAST)) {
            number(base + LEAST, value);
        }
        if (count == 0 || value > number(base + GREATEST)) {
            number(base + GREATEST, value);
        }
        number(base + SUM, number(base + SUM) + value);
        number(base + LAST, value);
        mark(slot, version);
    }

    /** Puts back what a cell had. */
    void put(int slot, int signal, VoxelValue value, long version) {
        int base = base(slot, signal);
        data[base + COUNT] = value.count();
        number(base + SUM, value.sum());
        number(base + LEAST, value.least());
        number(base + GREATEST, value.greatest());
        number(base + LAST, value.last());
        mark(slot, version);
    }

    private void mark(int slot, long version) {
        int at = slot * stride + VERSION;
        if (data[at] == 0) {
            used++;
        }
        data[at] = version;
    }

    /** How many cells have had values. */
    int used() {
        return used;
    }

    VoxelValue value(int slot, int signal) {
        int base = base(slot, signal);
        return new VoxelValue((int) data[base + COUNT], number(base + SUM), number(base + LEAST), number(base + GREATEST),
                number(base + LAST));
    }

    /** How many slots there are; of dense cells some may never have had a value. */
    int slots() {
        return dense ? most : size;
    }

    long cell(int slot) {
        return dense ? slot : data[slot * stride + CELL];
    }

    /** When a cell had its last value; 0 if it never had one. */
    long version(int slot) {
        return data[slot * stride + VERSION];
    }
}
