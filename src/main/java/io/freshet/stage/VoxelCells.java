package io.freshet.stage;

import java.util.Arrays;

/**
 * The cells of a grid that have values. For each signal a cell stores the number of values, their sum, minimum, maximum and
 * last value. Dense cells are all allocated at the start, sparse ones when their first value arrives. Not thread-safe.
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
    private final long maxBytes;
    /** The offset of the first signal in the data of a cell, and the length of that data. */
    private final int first;
    private final int stride;
    /**
     * The data of each cell side by side, with numbers as their raw bits. Points are scattered over the grid, and each
     * additional cache miss per point would cost more than everything else.
     */
    private long[] data;
    /** The slots of sparse cells. */
    private final CellIndex index = new CellIndex();
    private int max;
    private int capacity;
    private int size;
    private int used;

    /**
     * @param max the maximum number of cells; for dense cells, their exact number
     * @param maxBytes the maximum memory of sparse cells, including the copy while they grow
     */
    VoxelCells(int signals, boolean dense, int max, long maxBytes) {
        this.dense = dense;
        this.max = max;
        this.maxBytes = maxBytes;
        first = dense ? CELL : CELL + 1;
        stride = first + signals * PER_SIGNAL;
        capacity = dense ? max : Math.min(FIRST, max);
        data = new long[capacity * stride];
    }

    /** Returns the minimum size of a cell in bytes. */
    static long bytesPerCell(int signals, boolean dense) {
        return 8L * (signals * PER_SIGNAL + (dense ? CELL : CELL + 1));
    }

    /** Returns the maximum number of cells, as far as it is known. */
    int most() {
        return max;
    }

    /** Returns the slot of a cell and assigns one if necessary, or returns −1 if no room is left. */
    int slot(long cell) {
        if (dense) {
            return (int) cell;
        }
        int slot = index.slot(cell);
        return slot < 0 ? make(cell) : slot;
    }

    private int make(long cell) {
        if (size == max || size == capacity && !grow() || !index.makeRoom(cell, maxBytes - bytes())) {
            max = size;
            return -1;
        }
        data[size * stride + CELL] = cell;
        index.put(cell, size);
        return size++;
    }

    private long bytes() {
        return (long) Long.BYTES * data.length;
    }

    /**
     * Grows the storage and returns whether there is room for another cell. The limit counts both copies that exist while it
     * grows.
     */
    private boolean grow() {
        long room = (maxBytes - index.bytes() - bytes()) / ((long) Long.BYTES * stride);
        capacity = (int) Math.max(size, Math.min(Math.min(max, 2L * size), room));
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

    /** Restores the aggregate of a signal in a cell. */
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

    /** Returns how many cells have values. */
    int used() {
        return used;
    }

    VoxelValue value(int slot, int signal) {
        int base = base(slot, signal);
        return new VoxelValue((int) data[base + COUNT], number(base + SUM), number(base + LEAST), number(base + GREATEST),
                number(base + LAST));
    }

    /** Returns the number of slots; a dense cell has a slot even before its first value. */
    int slots() {
        return dense ? max : size;
    }

    long cell(int slot) {
        return dense ? slot : data[slot * stride + CELL];
    }

    /** Returns the version at which a cell last changed, or 0 if it never had a value. */
    long version(int slot) {
        return data[slot * stride + VERSION];
    }
}
