package io.freshet.source;

import java.util.concurrent.CompletionStage;

/** The outcome of offering records to a {@link PushBuffer}, which accepts all of them or none. */
public sealed interface PushOffer {

    /**
     * The stream holds the records in memory.
     *
     * @param result completes when all sinks have completed them, or the stream has ended; never exceptionally
     */
    record Accepted(CompletionStage<PushResult> result) implements PushOffer {
    }

    /** The buffer has no room at present. */
    record Full() implements PushOffer {
    }

    /**
     * The buffer cannot hold this many records or bytes, even when it is empty.
     *
     * @param limit the limit that is exceeded
     */
    record TooLarge(String limit) implements PushOffer {
    }

    /** The stream has ended. */
    record Closed() implements PushOffer {
    }
}
