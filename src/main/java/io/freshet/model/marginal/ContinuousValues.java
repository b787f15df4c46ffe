package io.freshet.model.marginal;

import io.freshet.table.ColumnVector;
import io.freshet.table.NumberVector;

/** Integers, scaled decimals or ticks with too many distinct values to list. */
public record ContinuousValues(ContinuousMarginal marginal) implements ValueModel {

    @Override
    public ColumnVector newVector(int capacity) {
        return NumberVector.create(capacity, marginal.least(), marginal.greatest());
    }

    @Override
    public boolean isLatent() {
        return true;
    }

    @Override
    public void fill(ColumnVector vector, double[] z, int[] scratch, int at, int rows) {
        marginal.numbers(z, ((NumberVector) vector).values(), at, scratch, rows);
    }
}
