package io.freshet.api;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.model.FitMonitor;
import io.freshet.table.ReadOptions;

/**
 * Limits the memory of fits. Reading and fitting tables has a third of the heap, which a few fits share at a time; a table that
 * does not fit is sampled. Training has half of the heap, of which each training reserves what it needs. Requests wait for
 * their turn for a while, fits in the background for as long as it takes.
 */
@ApplicationScoped
public class FitMemory {

    /** The fraction of the heap for all fits together, as a divisor. */
    private static final int PART_OF_HEAP = 3;
    /** The fraction of the heap for all trainings together, as a divisor; none may need more alone. */
    private static final int TRAINING_PART_OF_HEAP = 2;
    /** The maximum memory of a cell while it is read, ranked and scored. */
    private static final int BYTES_PER_CELL = 48;
    private static final int MAX_CELLS = 20_000_000;
    private static final int MIN_CELLS = 200_000;
    private static final long BYTES_PER_FIT = 256L << 20;
    private static final int MAX_AT_ONCE = 8;
    private static final int MAX_WAITING = 16;
    private static final long MAX_WAIT_SECONDS = 60;
    private static final int MEGABYTE = 1 << 20;

    private final Semaphore turns;
    private final int trainingMegabytes;
    private final Semaphore training;
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
        this.trainingMegabytes = (int) Math.max(1, heapBytes / TRAINING_PART_OF_HEAP / MEGABYTE);
        this.training = new Semaphore(trainingMegabytes, true);
    }

    /** A turn; closing it, once or more, lets the next one begin. */
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
        await(turns, 1, "other tables are being read; the memory of this service allows " + atATime + " at a time");
        return turn();
    }

    /**
     * Waits for a turn for as long as it takes.
     *
     * @throws FitMonitor.CancelledException if the fit is cancelled meanwhile
     */
    Turn begin(BooleanSupplier cancelled) {
        await(turns, 1, cancelled);
        return turn();
    }

    private Turn turn() {
        AtomicBoolean over = new AtomicBoolean();
        return () -> {
            if (over.compareAndSet(false, true)) {
                turns.release();
            }
        };
    }

    /**
     * Waits for the memory of a training.
     *
     * @throws ProblemException as {@link #begin()}
     */
    FitMonitor.Reservation reserve(long bytes) {
        int megabytes = megabytes(bytes);
        await(training, megabytes, "other models are being trained, and the memory of this service does not allow one more");
        return () -> training.release(megabytes);
    }

    /**
     * Waits for the memory of a training for as long as it takes.
     *
     * @throws FitMonitor.CancelledException as {@link #begin(BooleanSupplier)}
     */
    FitMonitor.Reservation reserve(long bytes, BooleanSupplier cancelled) {
        int megabytes = megabytes(bytes);
        await(training, megabytes, cancelled);
        return () -> training.release(megabytes);
    }

    private int megabytes(long bytes) {
        return (int) Math.min(trainingMegabytes, bytes / MEGABYTE + 1);
    }

    private static void await(Semaphore semaphore, int permits, BooleanSupplier cancelled) {
        try {
            while (!semaphore.tryAcquire(permits, 1, TimeUnit.SECONDS)) {
                if (cancelled.getAsBoolean()) {
                    throw new FitMonitor.CancelledException();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FitMonitor.CancelledException();
        }
    }

    private void await(Semaphore semaphore, int permits, String reason) {
        if (semaphore.tryAcquire(permits)) {
            return;
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            throw busy(reason);
        }
        try {
            if (!semaphore.tryAcquire(permits, MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw busy(reason);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(reason);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static ProblemException busy(String reason) {
        return new ProblemException(Problem.tooMany(reason + "; try again later"));
    }
}
