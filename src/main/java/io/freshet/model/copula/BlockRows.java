package io.freshet.model.copula;

/**
 * A block of rows that are drawn together: their indexes, and their places in the chunk to which they belong. Live scratch
 * memory.
 */
final class BlockRows {

    /** The maximum number of rows in a block, so that its memory stays in the first-level cache. */
    static final int MOST = 256;

    private final long[] numbers = new long[MOST];
    private final int[] places = new int[MOST];
    private int size;

    void clear() {
        size = 0;
    }

    void add(long number, int place) {
        numbers[size] = number;
        places[size++] = place;
    }

    boolean isFull() {
        return size == MOST;
    }

    int size() {
        return size;
    }

    long[] numbers() {
        return numbers;
    }

    int place(int i) {
        return places[i];
    }
}
