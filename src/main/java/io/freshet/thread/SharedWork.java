package io.freshet.thread;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Independent results that the calling thread computes in order while helpers compute them from the other end, as long as there
 * are processors. Which thread computes a result does not change it. The caller is confined to one thread.
 *
 * @param <T> a result
 */
public final class SharedWork<T> implements AutoCloseable {

    private static final int MAX_HELPERS = 7;

    private final List<FutureTask<T>> items;
    private volatile boolean closed;

    private SharedWork(List<FutureTask<T>> items) {
        this.items = items;
    }

    /** Starts helpers that compute {@code work} of all items. */
    public static <T> SharedWork<T> of(ThreadKind kind, int items, IntFunction<T> work) {
        SharedWork<T> shared = new SharedWork<>(
                IntStream.range(0, items).mapToObj(item -> new FutureTask<>(() -> work.apply(item))).toList());
        int helpers = Math.min(MAX_HELPERS, Math.min(Runtime.getRuntime().availableProcessors() - 1, items / 2));
        for (int i = 0; i < helpers; i++) {
            Threads.create(kind, "helper", shared::help).start();
        }
        return shared;
    }

    /** Returns all results in their order, and returns when all are there. */
    public static <T> List<T> all(ThreadKind kind, int items, IntFunction<T> work) {
        try (SharedWork<T> shared = of(kind, items, work)) {
            return IntStream.range(0, items).mapToObj(shared::get).toList();
        }
    }

    private void help() {
        for (int item = items.size() - 1; item >= 0 && !closed; item--) {
            items.get(item).run();
        }
    }

    /** Returns the result of an item, which the calling thread computes unless a helper has begun it. */
    public T get(int item) {
        FutureTask<T> task = items.get(item);
        task.run();
        return Threads.await(task);
    }

    /** Lets helpers begin no further results. */
    @Override
    public void close() {
        closed = true;
    }
}
