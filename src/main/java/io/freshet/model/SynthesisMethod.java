package io.freshet.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a model describes the dependence between columns. */
public enum SynthesisMethod {

    /** Trees or the copula, whichever describes held-out rows better; the default. A fitted model has one of these. */
    AUTO,
    /** Marginals joined by a Gaussian copula. */
    GAUSSIAN_COPULA,
    /** Autoregressive trees: each column from a decision tree over the columns before it. */
    TREES,
    /** A conditional generative adversarial network. It takes long to train, so {@link #AUTO} never selects it. */
    CTGAN,
    /** Marginals only: the baseline. */
    INDEPENDENT,
    /** A tree of noisy counts of pairs, with differential privacy. It needs an ε. */
    MST,
    /** Columns with declared distributions and formulas; not fitted to a table. */
    DECLARED;

    /** Returns the methods that need no ε, for fits that cannot have one. */
    public static List<SynthesisMethod> withoutEpsilon() {
        return fitted().stream().filter(method -> method != MST).toList();
    }

    /** Returns the name in the API and in model files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the methods by which models are fitted. */
    public static List<SynthesisMethod> fitted() {
        return Arrays.stream(values()).filter(method -> method != DECLARED).toList();
    }

    /** Returns the fitting method of an id. */
    public static Optional<SynthesisMethod> find(String id) {
        return fitted().stream().filter(method -> method.id().equals(id)).findFirst();
    }

    /** Returns the ids of all fitting methods, for error messages. */
    public static String ids() {
        return fitted().stream().map(SynthesisMethod::id).collect(Collectors.joining(", "));
    }
}
