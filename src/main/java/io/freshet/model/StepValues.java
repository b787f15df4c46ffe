package io.freshet.model;

import java.util.stream.IntStream;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;

/**
 * A choice among entries of a dictionary, each with its share; a single entry needs no choice.
 *
 * @param codes the entry of each step of the marginal; its own number where this is empty
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
record StepValues(Dictionary dictionary, StepMarginal marginal, int[] codes) implements ValueModel {

    StepValues {
        int steps = marginal.size();
        if (codes.length == 0 ? steps != dictionary.size() : steps != codes.length) {
            throw new IllegalArgumentException(steps + " shares for " + dictionary.size() + " values");
        }
        int size = dictionary.size();
        if (IntStream.of(codes).anyMatch(code -> code < 0 || code >= size)) {
            throw new IllegalArgumentException("a code that is not among the " + size + " values");
        }
    }

    /** Of all entries, in their order. */
    static StepValues of(Dictionary dictionary, StepMarginal marginal) {
        return new StepValues(dictionary, marginal, new int[0]);
    }

    /** The entry of a step. */
    int code(int step) {
        return codes.length == 0 ? step : codes[step];
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
    public void fill(ColumnVector vector, double[] z, int[] cells, int at, int rows) {
        int[] out = ((CodedVector) vector).codes();
        if (!isLatent()) {
            java.util.Arrays.fill(out, at, at + rows, code(0));
            return;
        }
        marginal.codes(z, out, at, cells, rows);
        if (codes.length > 0) {
            for (int i = at; i < at + rows; i++) {
                out[i] = codes[out[i]];
            }
        }
    }
}
