package io.freshet.model.privacy;

import java.util.List;

/**
 * What one fit or update of a model spent.
 *
 * @param epsilon the ε that was allowed
 * @param delta the δ that was allowed
 * @param seeded whether the noise came from a known seed, so that the fit is not private
 * @param spent the mechanisms
 */
public record PrivacyFit(double epsilon, double delta, boolean seeded, List<PrivacySpend> spent) {

    public PrivacyFit {
        spent = List.copyOf(spent);
        if (!(epsilon > 0 && delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("a fit with an epsilon of " + epsilon + " and a delta of " + delta);
        }
    }
}
