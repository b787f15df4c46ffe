package io.freshet.sink;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Takes what could not be delivered. */
public interface DeadLetterKeeper {

    /**
     * Keeps letters. The stage completes when they are safe, and fails if they are not; then they may be handed over again.
     */
    CompletionStage<Void> keep(List<DeadLetter> letters);
}
