package io.freshet.model;

/**
 * How a model is fitted.
 *
 * @param strata whether the rows may be divided into strata by the values of some columns, where that describes the table
 *        better
 */
public record FitOptions(boolean strata) {

    public static FitOptions defaults() {
        return new FitOptions(true);
    }
}
