package io.freshet.model.marginal;

import java.util.stream.IntStream;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.Dictionary;

/**
 * A choice among dictionary entries, each with its share; a single entry needs no choice.
 *
 * @param codes the entry of each step of the marginal; if empty, the number of the step
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
public record StepValues(Dictionary dictionary, StepMarginal marginal, int[] codes) implements ValueModel {

    public StepValues {
        int steps = marginal.size();
        if (codes.length == 0 ? steps != dictionary.size() : steps != codes.length) {
            throw new IllegalArgumentException(steps + " shares for " + dictionary.size() + " values");
        }
        int size = dictionary.size();
        if (IntStream.of(codes).anyMatch(code -> code < 0 || code >= size)) {
            throw new IllegalArgumentException("a code that is not one of the " + size + " values");
        }
    }

    /** Creates a choice among all entries, in their order. */
    public static StepValues of(Dictionary dictionary, StepMarginal marginal) {
        return new StepValues(dictionary, marginal, new int[0]);
    }

    /** Returns the share of each dictionary entry, 0 for an entry without a step. */
    public double[] shares() {
        double[] shares = new double[dictionary.size()];
        for (int step = 0; step < marginal.size(); step++) {
            shares[code(step)] += marginal.share(step);
        }
        return shares;
    }

    /**
     * The inverse of {@link #shares}: entries with a share of 0 have no step.
     *
     * @throws IllegalArgumentException as {@link StepMarginal#ofShares}, or if there is not one share per entry
     */
    static StepValues ofShares(Dictionary dictionary, double[] shares) {
        if (shares.length != dictionary.size()) {
            throw new IllegalArgumentException(shares.length + " shares for " + dictionary.size() + " values");
        }
        int[] used = IntStream.range(0, shares.length).filter(code -> shares[code] != 0).toArray();
        return used.length == shares.length ? of(dictionary, StepMarginal.ofShares(shares))
                : new StepValues(dictionary,
                        StepMarginal.ofShares(IntStream.of(used).mapToDouble(code -> shares[code]).toArray()), used);
    }

    /** Returns the entry of a step. */
    public int code(int step) {
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
    public void fill(ColumnVector vector, double[] z, int[] scratch, int at, int rows) {
        int[] out = ((CodedVector) vector).codes();
        if (!isLatent()) {
            java.util.Arrays.fill(out, at, at + rows, code(0));
            return;
        }
        marginal.codes(z, out, at, scratch, rows);
        if (codes.length > 0) {
            for (int i = at; i < at + rows; i++) {
                out[i] = codes[out[i]];
            }
        }
    }
}
