package io.freshet.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a model describes the dependence between columns. */
public enum SynthesisMethod {

    /** Marginals joined by a Gaussian copula; the default. */
    GAUSSIAN_COPULA,
    /** Marginals only: the baseline. */
    INDEPENDENT;

    /** The name in the API and in model files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SynthesisMethod> find(String id) {
        return Arrays.stream(values()).filter(method -> method.id().equals(id)).findFirst();
    }

    /** All ids, for error messages. */
    public static String ids() {
        return Arrays.stream(values()).map(SynthesisMethod::id).collect(Collectors.joining(", "));
    }
}
