package io.freshet.api;

import java.util.Locale;

import io.freshet.model.SynthesisModel;
import io.freshet.model.privacy.PrivacyLedger;
import io.freshet.model.privacy.PrivateModel;

/** Says what a model promises about the rows that it was fitted to. */
final class PrivacyPromise {

    private PrivacyPromise() {
    }

    /** Returns the promise in a whole sentence. */
    static String of(SynthesisModel model) {
        if (!(model instanceof PrivateModel noisy)) {
            return "The method " + model.method().id()
                    + " proves nothing about privacy; the scores say what some attacks find.";
        }
        PrivacyLedger ledger = noisy.ledger();
        if (ledger.isSeeded()) {
            return "The noise of this model has a known seed, so that it is not private.";
        }
        return String.format(Locale.ROOT,
                "Differential privacy with an epsilon of %.4g and a delta of %.2g bounds every attack on a "
                        + "row of the table.",
                ledger.epsilon(), ledger.delta());
    }
}
