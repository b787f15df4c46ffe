package io.freshet.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.model.Influence;
import io.freshet.model.PartialFit;
import io.freshet.model.RequestedFit;
import io.freshet.model.SynthesisModel;
import io.freshet.model.VersionEntry.Cause;
import io.freshet.model.online.OnlineLearning;
import io.freshet.model.privacy.PrivacyBudgetException;
import io.freshet.model.privacy.PrivacyLedger;
import io.freshet.model.privacy.PrivacyOptions;
import io.freshet.model.privacy.PrivateFitter;
import io.freshet.model.privacy.PrivateLearning;
import io.freshet.model.privacy.PrivateModel;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.table.TableSample;

/** Fits and updates models with differential privacy within their budgets. */
@ApplicationScoped
public class PrivateFits {

    private final Models models;
    private final Optional<Double> budget;

    public PrivateFits(Models models, PrivacyConfig config) {
        this.models = models;
        this.budget = config.budget();
    }

    /**
     * Fits a model and stores it. What earlier models of the name have spent is added, because nothing shows that this is the
     * data of other people. Notices and the duration are left out, because they would disclose what is not paid for.
     *
     * @param requested what was asked of the fit
     * @param check rejects a model before it is stored
     */
    StoredModel fit(String name, TableSample table, PrivacyOptions options, RequestedFit requested,
            Consumer<SynthesisModel> check) {
        return models.exclusively(name, () -> {
            PrivateModel model;
            try {
                model = PrivateFitter.fit(table, limited(options), ledger(name));
            } catch (PrivacyBudgetException e) {
                throw exceeded(e);
            }
            check.accept(model);
            return models.put(name, model, new Models.Creation(Duration.ZERO, List.of(), Cause.FIT, requested));
        });
    }

    private Optional<PrivacyLedger> ledger(String name) {
        return models.find(name).flatMap(stored -> ledger(stored.model()));
    }

    private static Optional<PrivacyLedger> ledger(SynthesisModel model) {
        return model instanceof PrivateModel noisy ? Optional.of(noisy.ledger()) : Optional.empty();
    }

    /** Returns the options with the budget of the service if that is smaller than the budget that is asked for. */
    private PrivacyOptions limited(PrivacyOptions options) {
        return budget.filter(limit -> options.budget().orElse(Double.POSITIVE_INFINITY) > limit).map(options::withBudget)
                .orElse(options);
    }

    /** Updates a model with rows that were read for it. */
    PartialFit learn(StoredModel before, TableSample rows, Influence influence, Optional<PrivacyOptions> options) {
        check(before.model(), influence, options);
        if (!(before.model() instanceof PrivateModel noisy)) {
            return OnlineLearning.learn(before.model(), rows, influence, before.fittedAt(), Instant.now());
        }
        try {
            return PrivateLearning.learn(noisy, rows, ((Influence.Weight) influence).weight(), limited(options.orElseThrow()));
        } catch (PrivacyBudgetException e) {
            throw exceeded(e);
        }
    }

    /**
     * Requires epsilon for private models, and for no others.
     *
     * @throws ProblemException if the parameters do not fit the model
     */
    static void check(SynthesisModel model, Influence influence, Optional<PrivacyOptions> options) {
        boolean noisy = model instanceof PrivateModel;
        if (noisy && options.isEmpty()) {
            throw new ProblemException(Problem.of(422, "epsilon", "the model is private: an update needs epsilon"));
        }
        if (!noisy && options.isPresent()) {
            throw new ProblemException(Problem.of(422, "epsilon",
                    "the model is not private, and an update cannot make it so; fit it with epsilon"));
        }
        if (noisy && !(influence instanceof Influence.Weight)) {
            throw new ProblemException(Problem.of(422, influence instanceof Influence.LastRows ? "window_rows" : "window",
                    "a private model learns by weight, not in a window"));
        }
    }

    /**
     * Protects a name with a privacy budget from models that are not within it.
     *
     * @throws ProblemException if the model of the name has a budget
     */
    void requireUnbound(String name) {
        if (ledger(name).map(PrivacyLedger::budget).filter(OptionalDouble::isPresent).isPresent()) {
            throw new ProblemException(Problem.of(409, "epsilon", "the model " + name
                    + " has a privacy budget: fit it with epsilon, or delete it first"));
        }
    }

    private static ProblemException exceeded(PrivacyBudgetException e) {
        return new ProblemException(Problem.of(409, "epsilon", String.valueOf(e.getMessage())));
    }
}
