package io.freshet.api;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.table.ReadOptions;

/**
 * Limits the memory for reading and fitting tables to a part of the heap, which a few fits share at a time. Further requests
 * wait for their turn for a while. A table that does not fit is sampled.
 */
@ApplicationScoped
public class FitMemory {

    /** The fraction of the heap for all fits together, as a divisor. */
    private static final int PART_OF_HEAP = 3;
    /** The maximum memory of a cell while it is read, ranked and scored. */
    private static final int BYTES_PER_CELL = 48;
    private static final int MAX_CELLS = 20_000_000;
    private static final int MIN_CELLS = 200_000;
    private static final long BYTES_PER_FIT = 256L << 20;
    private static final int MAX_AT_ONCE = 8;
    private static final int MAX_WAITING = 16;
    private static final long MAX_WAIT_SECONDS = 60;

    private final Semaphore turns;
    private final int atATime;
    private final int sampleCells;
    private final AtomicInteger waiting = new AtomicInteger();

    public FitMemory() {
        this(Runtime.getRuntime().maxMemory());
    }

    FitMemory(long heapBytes) {
        long budget = heapBytes / PART_OF_HEAP;
        this.atATime = (int) Math.max(1, Math.min(MAX_AT_ONCE, budget / BYTES_PER_FIT));
        this.sampleCells = (int) Math.max(MIN_CELLS, Math.min(MAX_CELLS, budget / atATime / BYTES_PER_CELL));
        this.turns = new Semaphore(atATime, true);
    }

    /** A turn; closing it lets the next one begin. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Returns the options with the memory limit of one turn. */
    ReadOptions bounded(ReadOptions options) {
        return options.withSampleCells(Math.min(options.sampleCells(), sampleCells));
    }

    int sampleCells() {
        return sampleCells;
    }

    int atATime() {
        return atATime;
    }

    /**
     * Waits for a turn.
     *
     * @throws ProblemException if too many requests are waiting, or the wait takes too long
     */
    Turn begin() {
        if (turns.tryAcquire()) {
            return turns::release;
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            throw busy();
        }
        try {
            if (!turns.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
            return turns::release;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private ProblemException busy() {
        return new ProblemException(Problem.tooMany("other tables are being read; the memory of this service allows " + atATime
                + " at a time; try again later"));
    }
}
