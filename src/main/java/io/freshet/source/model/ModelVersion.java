package io.freshet.source.model;

import java.util.List;

import io.freshet.model.ColumnDrift;
import io.freshet.model.SynthesisModel;

/**
 * A version of a model. A model that was deleted and recreated is not equal to the previous one, whatever its number.
 *
 * @param version increases whenever the model changes; starts over when the model is recreated
 * @param drift how far each column moved from the previous version if the model has learned; otherwise empty
 */
public record ModelVersion(long version, SynthesisModel model, List<ColumnDrift> drift) {

    public ModelVersion {
        drift = List.copyOf(drift);
    }

    public ModelVersion(long version, SynthesisModel model) {
        this(version, model, List.of());
    }
}
