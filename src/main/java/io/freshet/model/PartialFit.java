package io.freshet.model;

import java.util.List;

/**
 * A model that has learned more.
 *
 * @param drift of each column, from the model before
 */
public record PartialFit(SynthesisModel model, List<ColumnDrift> drift) {

    public PartialFit {
        drift = List.copyOf(drift);
    }
}
