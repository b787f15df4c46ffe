package io.freshet.retail;

import java.util.Arrays;

/**
 * A priority queue of actors, ordered by the time of the day at which they act next. Among actors with the same time, the
 * lowest actor comes first. Not thread-safe.
 */
final class EventQueue {

    private static final int ACTOR_BITS = 20;
    private static final long ACTOR = (1L << ACTOR_BITS) - 1;

    private long[] heap = new long[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    void add(int time, int actor) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        long entry = (long) time << ACTOR_BITS | actor;
        int at = size++;
        while (at > 0 && heap[(at - 1) >>> 1] > entry) {
            heap[at] = heap[(at - 1) >>> 1];
            at = (at - 1) >>> 1;
        }
        heap[at] = entry;
    }

    /** Returns when the next actor is due. */
    int time() {
        return (int) (heap[0] >>> ACTOR_BITS);
    }

    int actor() {
        return (int) (heap[0] & ACTOR);
    }

    /** Reschedules the next actor. */
    void postpone(int time) {
        sink((long) time << ACTOR_BITS | heap[0] & ACTOR);
    }

    /** Removes the next actor, which has nothing more to do. */
    void remove() {
        size--;
        if (size > 0) {
            sink(heap[size]);
        }
    }

    private void sink(long entry) {
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= entry) {
                break;
            }
            heap[at] = heap[child];
            at = child;
            child = 2 * at + 1;
        }
        heap[at] = entry;
    }
}
