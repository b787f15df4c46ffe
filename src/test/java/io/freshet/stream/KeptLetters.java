package io.freshet.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.freshet.sink.DeadLetter;
import io.freshet.sink.DeadLetterKeeper;

/** Keeps dead letters in memory, unless it is told to have no room. */
final class KeptLetters implements DeadLetterKeeper {

    final List<DeadLetter> letters = new ArrayList<>();
    boolean full;

    @Override
    public CompletionStage<Void> keep(List<DeadLetter> more) {
        if (full) {
            return CompletableFuture.failedStage(new IllegalStateException("full"));
        }
        letters.addAll(more);
        return CompletableFuture.completedStage(null);
    }

    List<Long> positions() {
        return letters.stream().map(letter -> letter.address().position()).toList();
    }
}
