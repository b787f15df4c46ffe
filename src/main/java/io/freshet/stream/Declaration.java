package io.freshet.stream;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A file of the folder of declarations.
 *
 * @param file its name
 * @param kind stream or model
 * @param state applied, or wrong
 * @param reason what is wrong; null if nothing is
 * @param since when it became so
 */
public record Declaration(String file, String kind, String state, @Nullable String reason, Instant since) {

    static final String APPLIED = "applied";
    static final String WRONG = "wrong";

    public boolean isWrong() {
        return state.equals(WRONG);
    }
}
