package io.freshet.table;

import java.util.Arrays;

/**
 * Chooses which rows are kept: those with the smallest keys (bottom-k sampling: E. Cohen, H. Kaplan, <i>Summarizing data using
 * bottom-k sketches</i>, 2007, doi:10.1145/1281100.1281133). A key is a hash of the contents of the row and of how many equal
 * rows came before, so that the sample is uniform and does not depend on the order of the rows. (Rows are counted by hash in a
 * table of fixed size; in a sampled table, two contents that share an entry may be swapped.) Not thread-safe.
 */
final class RowSample {

    private static final int COUNTER_BITS = 18;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final int[] seen = new int[1 << COUNTER_BITS];
    /** The keys, by slot. */
    private long[] keys = new long[64];
    /** The slots as a heap with the greatest key first; only used when the sample is full. */
    private int[] heap = new int[0];
    private long rows;
    private int size;
    /** The slot of the next row until its key is known: after all others, until a row was exchanged. */
    private int spare;
    private boolean full;

    /** Returns the slot of the next row. */
    int begin() {
        rows++;
        return spare;
    }

    /**
     * Decides whether the most recent row is kept.
     *
     * @param content a hash of its contents
     * @return the slot that is free afterwards, that of the evicted row or of this one; -1 if none is
     */
    int end(long content) {
        int entry = (int) (mix(content) >>> Long.SIZE - COUNTER_BITS);
        long key = mix(content + STEP * ++seen[entry]);
        if (spare >= keys.length) {
            keys = Arrays.copyOf(keys, spare + (spare >> 1) + 1);
        }
        keys[spare] = key;
        if (!full) {
            size++;
            spare = size;
            return -1;
        }
        if (key < keys[heap[0]]) {
            int given = heap[0];
            heap[0] = spare;
            siftDown(0);
            spare = given;
        }
        return spare;
    }

    /** Fixes the size of the sample: from now on, rows are only exchanged. */
    void close() {
        if (!full) {
            full = true;
            makeHeap();
        }
    }

    /**
     * Evicts the half with the greater keys, and stops growing.
     *
     * @return the remaining slots, in ascending order
     */
    int[] halve() {
        int[] slots = slots();
        long[] sorted = Arrays.stream(slots).mapToLong(slot -> keys[slot]).sorted().toArray();
        int kept = (size + 1) / 2;
        long max = sorted[kept - 1];
        int[] staying = Arrays.stream(slots).filter(slot -> keys[slot] <= max).limit(kept).toArray();
        renumber(staying);
        return staying;
    }

    /** Keeps only these slots, numbered from 0. */
    private void renumber(int[] slots) {
        keys = Arrays.stream(slots).mapToLong(slot -> keys[slot]).toArray();
        size = slots.length;
        spare = size;
        full = true;
        makeHeap();
    }

    /**
     * Numbers the slots from 0.
     *
     * @return the slots that had rows, in ascending order
     */
    int[] compact() {
        int[] slots = slots();
        renumber(slots);
        return slots;
    }

    private int[] slots() {
        int[] slots = new int[size];
        int at = 0;
        for (int slot = 0; at < size; slot++) {
            if (slot != spare) {
                slots[at++] = slot;
            }
        }
        return slots;
    }

    private void makeHeap() {
        heap = slots();
        for (int i = size / 2 - 1; i >= 0; i--) {
            siftDown(i);
        }
    }

    private void siftDown(int from) {
        int at = from;
        int slot = heap[at];
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            child += child + 1 < size && keys[heap[child + 1]] > keys[heap[child]] ? 1 : 0;
            if (keys[heap[child]] <= keys[slot]) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = slot;
    }

    /** SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, 2014, doi:10.1145/2714064.2660195). */
    static long mix(long value) {
        long mixed = value + STEP;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    long rows() {
        return rows;
    }

    /** Returns how many rows are kept. */
    int size() {
        return size;
    }

    boolean isFull() {
        return full;
    }
}
