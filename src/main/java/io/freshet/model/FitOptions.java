package io.freshet.model;

import java.util.List;
import java.util.Optional;

/**
 * How a model is fitted.
 *
 * @param strata whether the rows may be divided into strata by the values of some columns, where that describes the table
 *        better
 * @param constraints that hold in every row of the table and are to hold in all that are drawn
 * @param relations which relations are found without being declared
 * @param target the column that matters most: what the other columns show about each of its values is kept, however rare
 * @param texts how identifiers and texts are made up
 * @param training how {@link SynthesisMethod#CTGAN} is trained
 * @param monitor follows a long fit
 */
public record FitOptions(boolean strata, List<Constraint> constraints, RelationOptions relations,
        Optional<String> target, TextOptions texts, GanOptions training, FitMonitor monitor) {

    public FitOptions {
        constraints = List.copyOf(constraints);
    }

    /** Training is that of {@link GanOptions#defaults}. */
    public FitOptions(boolean strata, List<Constraint> constraints, RelationOptions relations) {
        this(strata, constraints, relations, Optional.empty(), TextOptions.defaults(), GanOptions.defaults(), FitMonitor.NONE);
    }

    /** Relations are found. */
    public FitOptions(boolean strata, List<Constraint> constraints) {
        this(strata, constraints, RelationOptions.defaults());
    }

    public static FitOptions defaults() {
        return new FitOptions(true, List.of());
    }

    /** Returns these options with another training. */
    public FitOptions withTraining(GanOptions other, FitMonitor follower) {
        return new FitOptions(strata, constraints, relations, target, texts, other, follower);
    }

    /** Returns these options with another target. */
    public FitOptions withTarget(Optional<String> column) {
        return new FitOptions(strata, constraints, relations, column, texts, training, monitor);
    }

    /** Returns these options with other texts. */
    public FitOptions withTexts(TextOptions other) {
        return new FitOptions(strata, constraints, relations, target, other, training, monitor);
    }
}
