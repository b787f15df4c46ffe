package io.freshet.api;

import java.time.DateTimeException;
import java.time.Duration;

import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;

import io.freshet.model.Influence;

/** How much the rows that a model learns count, as query parameters, of which at most one may be given. */
public class InfluenceParameters {

    private static final String DEFAULT_WEIGHT = "0.1";

    @QueryParam("weight")
    @Nullable
    String weight;

    @QueryParam("window_rows")
    @Nullable
    String windowRows;

    @QueryParam("window")
    @Nullable
    String window;

    /** @throws ProblemException if several are given, or one is invalid */
    Influence influence() {
        if (windowRows != null) {
            checkAlone("window_rows", weight, window);
            return lastRows(windowRows);
        }
        if (window != null) {
            checkAlone("window", weight);
            return lastTime(window);
        }
        return weight(weight == null ? DEFAULT_WEIGHT : weight);
    }

    private static void checkAlone(String field, @Nullable String... others) {
        for (String other : others) {
            if (other != null) {
                throw wrong(field, "only one of weight, window_rows and window can be given");
            }
        }
    }

    private static Influence lastRows(String text) {
        try {
            return new Influence.LastRows(Long.parseLong(text));
        } catch (IllegalArgumentException e) {
            throw wrong("window_rows", "window_rows must be a whole number of at least 1, not " + text);
        }
    }

    private static Influence lastTime(String text) {
        try {
            return new Influence.LastTime(Duration.parse(text));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw wrong("window", "window must be a duration greater than zero, such as PT10M, not " + text);
        }
    }

    private static Influence weight(String text) {
        try {
            return new Influence.Weight(Double.parseDouble(text));
        } catch (IllegalArgumentException e) {
            throw wrong("weight", "weight must be a number from 0 to 1, not " + text);
        }
    }

    private static ProblemException wrong(String field, String detail) {
        return new ProblemException(Problem.of(422, field, detail));
    }
}
