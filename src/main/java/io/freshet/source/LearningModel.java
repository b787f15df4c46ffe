package io.freshet.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.freshet.model.PartialFit;
import io.freshet.model.SynthesisModel;

/** A model that is kept somewhere and learns more and more. Thread-safe. */
public interface LearningModel {

    /** One step. */
    interface Step {

        /** @param fittedAt when the model was fitted or learned last */
        PartialFit learn(SynthesisModel model, Instant fittedAt);
    }

    /** As it is now; empty before there is one. */
    Optional<ModelVersion> newest();

    /** Begins anew. */
    void fitted(SynthesisModel model, Duration took);

    /** Replaces it by what it learns. */
    void learn(Step step);
}
