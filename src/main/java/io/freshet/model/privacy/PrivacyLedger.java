package io.freshet.model.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What a model has spent on privacy over all its fits. Losses add up: nothing shows that the rows of two fits belong to
 * different
 * people, so that no fit is for free.
 *
 * @param fits the fits, oldest first; at least one
 * @param budget the largest ε that the model may reach; empty if there is no limit
 */
public record PrivacyLedger(List<PrivacyFit> fits, OptionalDouble budget) {

    /** Guards against refusing the last fit of a budget because of a rounding error. */
    private static final double ROUNDING = 1e-9;

    public PrivacyLedger {
        fits = List.copyOf(fits);
        if (fits.isEmpty()) {
            throw new IllegalArgumentException("a ledger needs a fit");
        }
    }

    /** Returns the ledger after one more fit; its budget stays unless the fit has another. */
    PrivacyLedger with(PrivacyFit fit, OptionalDouble otherBudget) {
        List<PrivacyFit> all = new ArrayList<>(fits);
        all.add(fit);
        return new PrivacyLedger(all, otherBudget.isPresent() ? otherBudget : budget);
    }

    /** Returns the zero-concentrated privacy loss of all fits. */
    public double rho() {
        return sum(PrivacySpend::rho);
    }

    /** Returns the δ of all fits together. */
    public double delta() {
        return Math.min(1, fits.stream().mapToDouble(PrivacyFit::delta).sum());
    }

    /** Returns the ε of all fits together, for {@link #delta}. */
    public double epsilon() {
        double left = delta() - sum(PrivacySpend::delta);
        return sum(PrivacySpend::epsilon) + ZeroConcentrated.epsilon(rho(), left);
    }

    /** Returns whether the noise of any fit is known, so that the model is not private. */
    public boolean isSeeded() {
        return fits.stream().anyMatch(PrivacyFit::seeded);
    }

    /** @throws PrivacyBudgetException if the model has spent more than its budget allows */
    PrivacyLedger check() {
        if (budget.isPresent() && epsilon() > budget.getAsDouble() * (1 + ROUNDING)) {
            throw new PrivacyBudgetException(epsilon(), budget.getAsDouble());
        }
        return this;
    }

    private double sum(ToDoubleFunction<PrivacySpend> loss) {
        return fits.stream().flatMap(fit -> fit.spent().stream()).mapToDouble(loss).sum();
    }
}
