package io.freshet.model;

/** The rows that are drawn together: their numbers, and their places in the chunk they belong to. Live scratch memory. */
final class BlockRows {

    /** How many rows a block has at most: what is in use stays in the first-level cache. */
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
