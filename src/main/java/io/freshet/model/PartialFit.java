package io.freshet.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.table.Notice;

/**
 * The result of learning.
 *
 * @param drift of each column, from the model before
 * @param notices what the owner of the model may not expect of what it learned
 * @param rows how many rows it learned; null if their number is private
 */
public record PartialFit(SynthesisModel model, List<ColumnDrift> drift, List<Notice> notices, @Nullable Long rows) {

    public PartialFit {
        notices = List.copyOf(notices);
        drift = List.copyOf(drift);
    }

    /** Without notices and number of rows. */
    public PartialFit(SynthesisModel model, List<ColumnDrift> drift) {
        this(model, drift, List.of());
    }

    /** Without the number of rows. */
    public PartialFit(SynthesisModel model, List<ColumnDrift> drift, List<Notice> notices) {
        this(model, drift, notices, null);
    }

    /** Returns the same result with the number of rows that it learned. */
    public PartialFit ofRows(long learned) {
        return new PartialFit(model, drift, notices, learned);
    }
}
