package io.freshet.model;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;

/** A choice among the entries of a dictionary, each with its share; a single entry needs no choice. */
record StepValues(Dictionary dictionary, StepMarginal marginal) implements ValueModel {

    StepValues {
        if (marginal.size() != dictionary.size()) {
            throw new IllegalArgumentException(marginal.size() + " shares for " + dictionary.size() + " values");
        }
    }

    @Override
    public ColumnVector newVector(int capacity) {
        return CodedVector.create(capacity, dictionary);
    }

    @Override
    public boolean isLatent() {
        return marginal.size() > 1;
    }

    @Override
    public void fill(ColumnVector vector, Block block) {
        int[] codes = ((CodedVector) vector).codes();
        if (isLatent()) {
            marginal.codes(block.z(), codes, block.at(), block.cells(), block.rows());
        } else {
            java.util.Arrays.fill(codes, block.at(), block.at() + block.rows(), 0);
        }
    }
}
