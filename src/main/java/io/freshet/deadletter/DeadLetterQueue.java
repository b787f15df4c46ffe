package io.freshet.deadletter;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.freshet.sink.DeadLetter;

/** Stores records that could not be delivered. */
public interface DeadLetterQueue {

    /** Stores letters. The stage completes when they are safe. It fails if they are not; the caller may then try again. */
    CompletionStage<Void> publish(List<DeadLetter> letters);
}
