package io.freshet.model.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * A fixed number of threads that share the rows of a matrix. Each row is computed by one thread alone, so the number of threads
 * does not change results. The calling thread takes a part. Not thread-safe.
 */
final class Workers implements AutoCloseable {

    private static final int MAX_THREADS = 8;

    /** Computes the rows from the first number up to, but not including, the second. */
    interface Task {
        void run(int from, int to);
    }

    private final int threads;
    private final ExecutorService executor;

    private Workers(int threads) {
        this.threads = threads;
        this.executor = Threads.fixed(ThreadKind.CTGAN, Math.max(1, threads - 1));
    }

    /** Starts a thread for each processor, up to eight. */
    static Workers create() {
        return of(Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    static Workers of(int threads) {
        return new Workers(threads);
    }

    /** Runs a task over all rows and returns when every part is complete. */
    void forRows(int rows, Task task) {
        if (threads == 1 || rows < threads) {
            task.run(0, rows);
            return;
        }
        List<Future<?>> others = new ArrayList<>(threads - 1);
        for (int t = 1; t < threads; t++) {
            int from = (int) ((long) rows * t / threads);
            int to = (int) ((long) rows * (t + 1) / threads);
            others.add(executor.submit(() -> task.run(from, to)));
        }
        task.run(0, rows / threads);
        others.forEach(Threads::await);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
