package io.freshet.sink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Coalesces asynchronous writes in order. Items that arrive while a write is in progress are written together when it has
 * ended, whatever its outcome. Writes are therefore small while the receiver is fast and become large when it is slow. A write
 * that does not end fails after a while, so that it does not block the others for ever. Thread-safe.
 *
 * @param <T> the content of an item
 */
public final class WriteCoalescer<T> {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private record Piece<T>(T content, int records, CompletableFuture<Delivery> outcome) {
    }

    private final int max;
    private final Function<List<T>, CompletionStage<List<Delivery>>> work;
    private final Deque<Piece<T>> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * @param max the maximum number of records in one write, unless a single item has more
     * @param work writes items together and returns the outcome of each
     */
    public WriteCoalescer(int max, Function<List<T>, CompletionStage<List<Delivery>>> work) {
        this.max = max;
        this.work = work;
    }

    /**
     * Adds an item.
     *
     * @return a stage that completes with the outcome of the item
     */
    public CompletionStage<Delivery> add(T content, int records) {
        Piece<T> piece = new Piece<>(content, records, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(piece);
            if (busy) {
                return piece.outcome();
            }
            busy = true;
        }
        next();
        return piece.outcome();
    }

    private void next() {
        List<Piece<T>> together = take();
        if (together.isEmpty()) {
            return;
        }
        CompletableFuture<List<Delivery>> done;
        try {
            done = work.apply(together.stream().map(Piece::content).toList()).toCompletableFuture()
                    .orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            done = CompletableFuture.failedFuture(e);
        }
        done.whenComplete((outcomes, thrown) -> {
            for (int i = 0; i < together.size(); i++) {
                CompletableFuture<Delivery> outcome = together.get(i).outcome();
                if (thrown == null) {
                    outcome.complete(outcomes.get(i));
                } else {
                    outcome.completeExceptionally(thrown);
                }
            }
            next();
        });
    }

    /** Takes the items of the next write; empty if no items are waiting. */
    private synchronized List<Piece<T>> take() {
        List<Piece<T>> together = new ArrayList<>();
        int records = 0;
        while (!waiting.isEmpty() && (together.isEmpty() || records + waiting.getFirst().records() <= max)) {
            Piece<T> piece = waiting.removeFirst();
            together.add(piece);
            records += piece.records();
        }
        busy = !together.isEmpty();
        return together;
    }
}
