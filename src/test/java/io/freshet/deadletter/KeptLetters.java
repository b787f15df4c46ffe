package io.freshet.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.freshet.sink.DeadLetter;

/** Keeps dead letters in memory, unless a test makes it full. */
public final class KeptLetters implements DeadLetterQueue {

    public final List<DeadLetter> letters = new ArrayList<>();
    public boolean full;

    @Override
    public CompletionStage<Void> publish(List<DeadLetter> more) {
        if (full) {
            return CompletableFuture.failedStage(new IllegalStateException("full"));
        }
        letters.addAll(more);
        return CompletableFuture.completedStage(null);
    }

    public List<Long> positions() {
        return letters.stream().map(letter -> letter.address().position()).toList();
    }
}
