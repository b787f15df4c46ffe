package io.freshet.source.twin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.freshet.model.PartialFit;
import io.freshet.model.SynthesisModel;
import io.freshet.source.model.ModelVersion;
import io.freshet.table.Notice;

/** A stored model that keeps learning. Thread-safe. */
public interface LearningModel {

    /** One step of learning. */
    interface Step {

        /** @param fittedAt when the model was fitted, or last learned */
        PartialFit learn(SynthesisModel model, Instant fittedAt);
    }

    /** Returns the current version; empty before the first one. */
    Optional<ModelVersion> newest();

    /**
     * Starts again with another model.
     *
     * @param notices what the owner of the table should not expect of the model
     */
    void fitted(SynthesisModel model, Duration took, List<Notice> notices);

    /** Replaces the model by the result of a step. */
    void learn(Step step);
}
