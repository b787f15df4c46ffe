package io.freshet.model.privacy;

import java.util.Locale;

/** A fit would spend more than the privacy budget of its model allows. */
public final class PrivacyBudgetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PrivacyBudgetException(double epsilon, double budget) {
        super(String.format(Locale.ROOT, "the fits of the model would add up to an epsilon of %.4g, beyond its budget of %.4g",
                epsilon, budget));
    }
}
