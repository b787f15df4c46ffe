package io.freshet.model.privacy;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How much a fit may spend. It is decided, and checked against the budget, before anything but a noisy number of rows is
 * learned of the table.
 *
 * <p>
 * Without a declared δ, the first fit spends a hundredth of its ε on the number of rows n, with pure differential privacy, and
 * takes δ = 1/n². Given the noisy n, the rest is (ε − ε/100, δ)-private, so that the whole is (ε, δ)-private for the δ that is
 * expected, and δ is at most 10⁻⁶.
 */
final class FitPlan {

    private static final double ROWS_PART = .01;
    private static final long LEAST_ROWS = 1_000;

    private final PrivacyOptions options;
    private final Optional<PrivacyLedger> before;
    private final double delta;
    private final double rho;
    private final double deltaPerName;

    private FitPlan(PrivacyOptions options, Optional<PrivacyLedger> before, double delta, double rho, double deltaPerName) {
        this.options = options;
        this.before = before;
        this.delta = delta;
        this.rho = rho;
        this.deltaPerName = deltaPerName;
    }

    /**
     * @param before the ledger of the model so far
     * @param open how many columns may have names to buy, to which half of δ goes
     * @param rows buys the number of rows
     * @throws PrivacyBudgetException if the budget does not allow the fit
     */
    static FitPlan of(PrivacyOptions options, Optional<PrivacyLedger> before, int open, LongSupplier rows) {
        boolean counted = options.delta().isEmpty() && before.isEmpty();
        if (counted && options.budget().isPresent() && options.epsilon() > options.budget().getAsDouble()) {
            throw new PrivacyBudgetException(options.epsilon(), options.budget().getAsDouble());
        }
        double delta = counted ? ofRows(rows.getAsLong())
                : options.delta().orElseGet(() -> lastDelta(before.orElseThrow()));
        double names = open > 0 ? delta / 2 : 0;
        double epsilon = options.epsilon() - (counted ? rowsEpsilon(options) : 0);
        double rho = ZeroConcentrated.rho(epsilon, delta - names);
        FitPlan plan = new FitPlan(options, before, delta, rho, names / Math.max(1, open));
        plan.ledger(List.of(new PrivacySpend("planned", "all", 1, 0, rho, options.epsilon() - epsilon, names)));
        return plan;
    }

    private static double ofRows(long rows) {
        double least = Math.max(LEAST_ROWS, rows);
        return 1 / (least * least);
    }

    private static double lastDelta(PrivacyLedger ledger) {
        return ledger.fits().get(ledger.fits().size() - 1).delta();
    }

    static double rowsEpsilon(PrivacyOptions options) {
        return options.epsilon() * ROWS_PART;
    }

    double rho() {
        return rho;
    }

    /** Returns the probability that a name of a single row is kept, for each column that may have names to buy. */
    double deltaPerName() {
        return deltaPerName;
    }

    /** @throws PrivacyBudgetException if the budget is exceeded */
    PrivacyLedger ledger(List<PrivacySpend> spent) {
        PrivacyFit fit = new PrivacyFit(options.epsilon(), delta, options.seed().isPresent(), spent);
        return before.map(ledger -> ledger.with(fit, options.budget()))
                .orElseGet(() -> new PrivacyLedger(List.of(fit), options.budget())).check();
    }
}
