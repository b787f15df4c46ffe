package io.freshet.api;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;

import io.freshet.model.privacy.DeclaredColumns;
import io.freshet.model.privacy.PrivacyOptions;

/** Query parameters that ask for differential privacy. */
public class PrivacyParameters {

    @QueryParam("epsilon")
    @Nullable
    String epsilon;

    @QueryParam("delta")
    @Nullable
    String delta;

    @QueryParam("budget")
    @Nullable
    String budget;

    @QueryParam("noise_seed")
    @Nullable
    Long noiseSeed;

    /**
     * Returns what is asked for; empty without epsilon.
     *
     * @param families the values of type, format, range and categories, by family and column
     * @throws ProblemException if a value is invalid, or something is given that needs epsilon
     */
    Optional<PrivacyOptions> options(Map<String, Map<String, String>> families) {
        Map<String, String> ranges = families.getOrDefault("range", Map.of());
        Map<String, String> categories = families.getOrDefault("categories", Map.of());
        if (epsilon == null) {
            requireNone("range.COLUMN", !ranges.isEmpty());
            requireNone("categories.COLUMN", !categories.isEmpty());
        }
        Map<String, List<String>> names = new HashMap<>();
        categories.forEach((column, list) -> names.put(column,
                Arrays.stream(list.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList()));
        return options(new DeclaredColumns(epsilon == null ? Map.of() : families.getOrDefault("type", Map.of()),
                families.getOrDefault("format", Map.of()), ranges, names));
    }

    /** Returns what is asked for, with what is declared about the columns; empty without epsilon. */
    Optional<PrivacyOptions> options(DeclaredColumns declared) {
        String wanted = epsilon;
        if (wanted == null) {
            requireNone("delta", delta != null);
            requireNone("budget", budget != null);
            requireNone("noise_seed", noiseSeed != null);
            return Optional.empty();
        }
        OptionalDouble ofDelta = optional("delta", delta);
        OptionalDouble ofBudget = optional("budget", budget);
        OptionalLong seed = noiseSeed == null ? OptionalLong.empty() : OptionalLong.of(noiseSeed);
        try {
            return Optional.of(new PrivacyOptions(number("epsilon", wanted), ofDelta, ofBudget, seed, declared));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new ProblemException(Problem.of(422, message.substring(0, message.indexOf(' ')), message));
        }
    }

    private static OptionalDouble optional(String field, @Nullable String text) {
        return text == null ? OptionalDouble.empty() : OptionalDouble.of(number(field, text));
    }

    private static double number(String field, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(Problem.of(422, field, field + " must be a number, not " + text));
        }
    }

    /** @throws ProblemException if something is given that needs epsilon */
    static void requireNone(String parameter, boolean given) {
        if (given) {
            throw new ProblemException(Problem.of(422, parameter, parameter + " needs epsilon"));
        }
    }
}
