package io.freshet.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.freshet.model.SynthesisModel;
import io.freshet.model.privacy.PrivacyFit;
import io.freshet.model.privacy.PrivacyLedger;
import io.freshet.model.privacy.PrivacySpend;
import io.freshet.model.privacy.PrivateModel;

/**
 * What a private model has spent, as the API shows it.
 *
 * @param epsilon of all fits together
 * @param delta of all fits together
 * @param rho the zero-concentrated privacy loss of all fits
 * @param budget the largest epsilon that the model may reach; null if there is no limit
 * @param seeded whether the noise of a fit is known, so that the model is not private
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PrivacyView(double epsilon, double delta, double rho, @Nullable Double budget, boolean seeded,
        List<FitView> fits) {

    /** What one fit spent. */
    public record FitView(double epsilon, double delta, boolean seeded, List<SpendView> spent) {

        static FitView of(PrivacyFit fit) {
            return new FitView(fit.epsilon(), fit.delta(), fit.seeded(), fit.spent().stream().map(SpendView::of).toList());
        }
    }

    /** What a mechanism spent. */
    public record SpendView(String mechanism, String purpose, int queries, double scale, double rho, double epsilon,
            double delta) {

        static SpendView of(PrivacySpend spend) {
            return new SpendView(spend.mechanism(), spend.purpose(), spend.queries(), spend.scale(), spend.rho(),
                    spend.epsilon(), spend.delta());
        }
    }

    /** Returns the ledger of a model; null if the model is not private. */
    static @Nullable PrivacyView of(SynthesisModel model) {
        if (!(model instanceof PrivateModel noisy)) {
            return null;
        }
        PrivacyLedger ledger = noisy.ledger();
        return new PrivacyView(ledger.epsilon(), ledger.delta(), ledger.rho(),
                ledger.budget().isPresent() ? ledger.budget().getAsDouble() : null, ledger.isSeeded(),
                ledger.fits().stream().map(FitView::of).toList());
    }
}
