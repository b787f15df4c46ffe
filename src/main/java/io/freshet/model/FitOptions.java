package io.freshet.model;

import java.util.List;

/**
 * How a model is fitted.
 *
 * @param strata whether the rows may be divided into strata by the values of some columns, where that describes the table
 *        better
 * @param constraints that hold in every row of the table and are to hold in all that are drawn
 */
public record FitOptions(boolean strata, List<Constraint> constraints) {

    public FitOptions {
        constraints = List.copyOf(constraints);
    }

    public static FitOptions defaults() {
        return new FitOptions(true, List.of());
    }
}
