package io.freshet.sink;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Limits how long a caller waits for calls that may block. A call that exceeds the time-out is interrupted and its caller
 * continues; until it returns, further calls fail immediately, so that at most one thread is stuck. Calls that return in time
 * keep their order. Thread-safe.
 */
final class BoundedCalls {

    // shared by all sinks, because a thread is only busy during a call
    private static final ExecutorService THREADS = Threads.cached(ThreadKind.SINK_CALL);

    private final Duration timeout;
    private volatile @Nullable CompletableFuture<Void> overrun;

    BoundedCalls(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Returns the stage that the call returns, or one that fails with a {@link TimeoutException} if the call does not return in
     * time.
     */
    <T> CompletionStage<T> call(Supplier<CompletionStage<T>> work) {
        CompletableFuture<Void> before = overrun;
        if (before != null && !before.isDone()) {
            return CompletableFuture.failedStage(new TimeoutException("an earlier call has not returned"));
        }
        CompletableFuture<Void> returned = new CompletableFuture<>();
        Future<CompletionStage<T>> running = THREADS.submit(() -> {
            try {
                return work.get();
            } finally {
                returned.complete(null);
            }
        });
        try {
            return running.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            overrun = returned;
            running.cancel(true);
            return CompletableFuture.failedStage(e);
        } catch (ExecutionException e) {
            return CompletableFuture.failedStage(e.getCause());
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            return CompletableFuture.failedStage(e);
        }
    }
}
