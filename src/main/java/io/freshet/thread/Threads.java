package io.freshet.thread;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates threads, none of which keeps the process alive, and counts those that run. Thread-safe. */
public final class Threads {

    private static final Map<ThreadKind, AtomicInteger> RUNNING = new ConcurrentHashMap<>();

    private Threads() {
    }

    /** Returns a thread that has not started. */
    public static Thread create(ThreadKind kind, Runnable work) {
        return named(kind, kind.id(), work);
    }

    /**
     * Returns a thread that has not started.
     *
     * @param owner the stream, model or topic that it works for, which becomes part of its name
     */
    public static Thread create(ThreadKind kind, String owner, Runnable work) {
        return named(kind, kind.id() + "-" + owner, work);
    }

    private static Thread named(ThreadKind kind, String name, Runnable work) {
        AtomicInteger running = count(kind);
        Thread thread = new Thread(() -> {
            running.incrementAndGet();
            try {
                work.run();
            } finally {
                running.decrementAndGet();
            }
        }, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Returns an executor that runs tasks one at a time, in order. */
    public static ExecutorService single(ThreadKind kind) {
        return Executors.newSingleThreadExecutor(factory(kind));
    }

    /** Returns an executor that runs tasks one at a time, also with a delay. */
    public static ScheduledExecutorService scheduled(ThreadKind kind) {
        return Executors.newSingleThreadScheduledExecutor(factory(kind));
    }

    /** Returns an executor with a thread per task under way; threads end after 60 idle seconds. */
    public static ExecutorService cached(ThreadKind kind) {
        return Executors.newCachedThreadPool(factory(kind));
    }

    public static ExecutorService fixed(ThreadKind kind, int threads) {
        return Executors.newFixedThreadPool(threads, factory(kind));
    }

    private static ThreadFactory factory(ThreadKind kind) {
        return work -> create(kind, work);
    }

    private static AtomicInteger count(ThreadKind kind) {
        return RUNNING.computeIfAbsent(kind, first -> new AtomicInteger());
    }

    /** Returns how many threads of a kind run at present. */
    public static int running(ThreadKind kind) {
        return count(kind).get();
    }
}
