package io.freshet.model;

import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;

/** Doubles. */
record FloatingValues(ContinuousMarginal marginal) implements ValueModel {

    @Override
    public ColumnVector newVector(int capacity) {
        return FloatingVector.create(capacity);
    }

    @Override
    public boolean isLatent() {
        return true;
    }

    @Override
    public void fill(ColumnVector vector, Block block) {
        double[] values = ((FloatingVector) vector).values();
        for (int i = 0; i < block.rows(); i++) {
            values[block.at() + i] = marginal.floating(block.z()[i]);
        }
    }
}
