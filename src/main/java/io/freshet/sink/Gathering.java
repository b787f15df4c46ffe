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
 * Pieces of work that are done elsewhere, in the order in which they come. What comes while others are under way is done
 * together when these have ended, however they did: pieces are small while the other side is fast, and many go at once when it
 * is slow. Work that never ends fails after a while, so that it does not hold up the others for ever. Thread-safe.
 *
 * @param <T> what is known of a piece
 */
final class Gathering<T> {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private record Piece<T>(T content, int records, CompletableFuture<Delivery> outcome) {
    }

    private final int most;
    private final Function<List<T>, CompletionStage<List<Delivery>>> work;
    private final Deque<Piece<T>> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * @param most how many records go at once, unless one piece alone has more
     * @param work does pieces together, and says of each what became of it
     */
    Gathering(int most, Function<List<T>, CompletionStage<List<Delivery>>> work) {
        this.most = most;
        this.work = work;
    }

    /** Has a piece done; the stage completes when it is. */
    CompletionStage<Delivery> add(T content, int records) {
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

    /** What goes next; none if none waits. */
    private synchronized List<Piece<T>> take() {
        List<Piece<T>> together = new ArrayList<>();
        int records = 0;
        while (!waiting.isEmpty() && (together.isEmpty() || records + waiting.getFirst().records() <= most)) {
            Piece<T> piece = waiting.removeFirst();
            together.add(piece);
            records += piece.records();
        }
        busy = !together.isEmpty();
        return together;
    }
}
