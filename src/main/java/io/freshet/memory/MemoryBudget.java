package io.freshet.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the bytes that all buffers of a process hold in total. Each buffer has an account. A buffer checks for room before it
 * accepts more, and applies its own strategy (block, drop) if there is none. An empty buffer may always accept one item, even
 * if that exceeds the budget, so that every stream makes progress. Thread-safe.
 */
public final class MemoryBudget {

    private static final int SLICES = 16;
    private static final long MAX_SLICE = 4L << 20;
    private static final long MIN_SLICE = 1L << 10;

    private final long capacity;
    private final AtomicLong used = new AtomicLong();

    private MemoryBudget(long capacity) {
        this.capacity = capacity;
    }

    /**
     * @param bytes at least one
     */
    public static MemoryBudget of(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a memory budget is at least one byte");
        }
        return new MemoryBudget(bytes);
    }

    /** Returns a budget without a limit. */
    public static MemoryBudget unlimited() {
        return new MemoryBudget(Long.MAX_VALUE);
    }

    /** Returns the limit in bytes. */
    public long capacity() {
        return capacity;
    }

    /** Returns how many bytes all accounts hold. */
    public long used() {
        return used.get();
    }

    /** Returns how many bytes of records may travel together, which is a small part of the budget. */
    public long slice() {
        return Math.max(MIN_SLICE, Math.min(MAX_SLICE, capacity / SLICES));
    }

    /** Opens an account for one buffer. */
    public Account open() {
        return new Account();
    }

    /** The bytes that one buffer holds. Thread-safe. */
    public final class Account implements AutoCloseable {

        private long held;
        private boolean closed;

        private Account() {
        }

        /** Returns the held bytes. */
        public synchronized long held() {
            return held;
        }

        /** Returns whether this many more bytes fit, or the account is empty. */
        public synchronized boolean hasRoomFor(long bytes) {
            return held == 0 || used.get() <= capacity - bytes;
        }

        /** Returns whether the buffer may accept an item whose size is not known yet. */
        public synchronized boolean hasRoom() {
            return held == 0 || used.get() < capacity;
        }

        /** Returns what the account holds as a share of what the others leave it, 0 to 1. */
        public synchronized double share() {
            long others = used.get() - held;
            return held == 0 ? 0 : Math.min(1, held / (double) Math.max(held, capacity - others));
        }

        /** Whether the buffers hold more than they may, and this one something. */
        public synchronized boolean isOver() {
            return held > 0 && used.get() > capacity;
        }

        /** Adds bytes, whether or not there is room. */
        public synchronized void add(long bytes) {
            if (!closed) {
                held += bytes;
                used.addAndGet(bytes);
            }
        }

        public synchronized void remove(long bytes) {
            if (!closed) {
                held -= bytes;
                used.addAndGet(-bytes);
            }
        }

        /** Releases all bytes; later calls have no effect. */
        @Override
        public synchronized void close() {
            remove(held);
            closed = true;
        }
    }
}
