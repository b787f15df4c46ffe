package io.freshet.source;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** The reason why something cannot be read at present. */
public record SourceProblem(String reason, Instant since) {

    /** Returns the problem after another check; the same problem keeps its time. */
    public static @Nullable SourceProblem after(@Nullable SourceProblem before, @Nullable String reason) {
        if (reason == null) {
            return null;
        }
        return before != null && before.reason().equals(reason) ? before : new SourceProblem(reason, Instant.now());
    }
}
