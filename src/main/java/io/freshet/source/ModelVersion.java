package io.freshet.source;

import java.util.List;

import io.freshet.model.ColumnDrift;
import io.freshet.model.SynthesisModel;

/**
 * A model as it is now. One that was deleted and made anew is not equal to the one before, whatever its number.
 *
 * @param version counts up whenever the model changes; begins again when it is made anew
 * @param drift of each column from the version before, where that has learned more; else empty
 */
public record ModelVersion(long version, SynthesisModel model, List<ColumnDrift> drift) {

    public ModelVersion {
        drift = List.copyOf(drift);
    }

    public ModelVersion(long version, SynthesisModel model) {
        this(version, model, List.of());
    }
}
