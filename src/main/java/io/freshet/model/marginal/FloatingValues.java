package io.freshet.model.marginal;

import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;

/** Floating-point values. */
public record FloatingValues(ContinuousMarginal marginal) implements ValueModel {

    @Override
    public ColumnVector newVector(int capacity) {
        return FloatingVector.create(capacity);
    }

    @Override
    public boolean isLatent() {
        return true;
    }

    @Override
    public void fill(ColumnVector vector, double[] z, int[] scratch, int at, int rows) {
        double[] values = ((FloatingVector) vector).values();
        for (int i = 0; i < rows; i++) {
            values[at + i] = marginal.floating(z[i]);
        }
    }
}
