package io.freshet.stream.declared;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A file in the folder of declarations.
 *
 * @param file its name
 * @param kind stream or model
 * @param state applied, or wrong
 * @param reason what is wrong with it; null if it was applied
 * @param since when the state was entered
 */
public record Declaration(String file, String kind, String state, @Nullable String reason, Instant since) {

    static final String APPLIED = "applied";
    static final String WRONG = "wrong";

    public boolean isWrong() {
        return state.equals(WRONG);
    }
}
