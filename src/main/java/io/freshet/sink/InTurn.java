package io.freshet.sink;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Work that is done elsewhere, one piece after the other, in the order in which it comes. A piece that never ends fails after a
 * while, so that it does not hold up the others for ever. Thread-safe.
 */
final class InTurn {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /** Begins this work when all before it has ended, however it did. */
    synchronized <T> CompletionStage<T> run(Supplier<? extends CompletionStage<T>> work) {
        CompletableFuture<T> mine = last.<Object> handle((done, thrown) -> this).thenCompose(
                any -> work.get().toCompletableFuture().orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
        last = mine;
        return mine;
    }
}
