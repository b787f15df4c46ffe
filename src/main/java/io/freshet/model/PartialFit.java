package io.freshet.model;

import java.util.List;

import io.freshet.table.Notice;

/**
 * The result of learning.
 *
 * @param drift of each column, from the model before
 * @param notices what the owner of the model may not expect of what it learned
 */
public record PartialFit(SynthesisModel model, List<ColumnDrift> drift, List<Notice> notices) {

    public PartialFit {
        notices = List.copyOf(notices);
        drift = List.copyOf(drift);
    }

    /** Without notices. */
    public PartialFit(SynthesisModel model, List<ColumnDrift> drift) {
        this(model, drift, List.of());
    }
}
