package io.freshet.thread;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    /**
     * Waits for the result of work that has begun, however often the thread is interrupted meanwhile, because the work may
     * write
     * to what the caller owns. An interruption is kept for later.
     *
     * @return the result; what the work threw is thrown here
     */
    public static <T> T await(Future<T> work) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
