package io.freshet.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.freshet.model.SynthesisMethod;
import io.freshet.model.privacy.DeclaredColumns;
import io.freshet.model.privacy.PrivacyOptions;

/**
 * The fields of a JSON request that ask for differential privacy.
 *
 * @param types the types of columns that are declared
 * @param ranges the smallest and the largest value of columns, such as 0..120
 * @param categories all names of columns
 */
record PrivacyRequest(@Nullable Double epsilon, @Nullable Double delta, @Nullable Double budget, @Nullable Long noiseSeed,
        @Nullable Map<String, String> types, @Nullable Map<String, String> ranges,
        @Nullable Map<String, List<String>> categories) {

    private static final List<String> METHODS = List.of(SynthesisMethod.AUTO.id(), SynthesisMethod.MST.id());

    /**
     * Returns what is asked for; empty without epsilon.
     *
     * @param method the method that is asked for, or null
     * @throws ProblemException if a value is invalid, something is given that needs epsilon, or the method is not private
     */
    Optional<PrivacyOptions> options(@Nullable String method) {
        PrivacyParameters parameters = new PrivacyParameters();
        parameters.epsilon = text(epsilon);
        parameters.delta = text(delta);
        parameters.budget = text(budget);
        parameters.noiseSeed = noiseSeed;
        if (epsilon != null && method != null && !METHODS.contains(method)) {
            throw new ProblemException(Problem.of(422, "method", "the method " + method
                    + " has no differential privacy; with epsilon the method is mst").allowing(METHODS));
        }
        if (epsilon == null) {
            PrivacyParameters.requireNone("ranges", ranges != null);
            PrivacyParameters.requireNone("categories", categories != null);
        }
        return parameters.options(new DeclaredColumns(Objects.requireNonNullElse(types, Map.of()), Map.of(),
                Objects.requireNonNullElse(ranges, Map.of()), Objects.requireNonNullElse(categories, Map.of())));
    }

    private static @Nullable String text(@Nullable Double number) {
        return number == null ? null : String.valueOf(number);
    }
}
