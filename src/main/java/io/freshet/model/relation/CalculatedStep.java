package io.freshet.model.relation;

import java.util.function.IntToDoubleFunction;

import org.jspecify.annotations.Nullable;

/** Writes the results of a calculation into its target, which is missing where they are not finite. */
final class CalculatedStep implements RowStep {

    private final IntToDoubleFunction results;
    private final @Nullable BlockResults block;
    private final NumberColumn out;
    private double[] buffer = {};

    /** @param block calculates many rows at once; null if the calculation cannot */
    CalculatedStep(IntToDoubleFunction results, @Nullable BlockResults block, NumberColumn out) {
        this.results = results;
        this.block = block;
        this.out = out;
    }

    @Override
    public void apply(int row) {
        double result = results.applyAsDouble(row);
        if (Double.isFinite(result)) {
            out.setValue(row, result);
        } else {
            out.setMissing(row);
        }
    }

    @Override
    public void applyAll(int rows) {
        BlockResults all = block;
        if (all == null) {
            RowStep.super.applyAll(rows);
            return;
        }
        if (buffer.length < rows) {
            buffer = new double[rows];
        }
        all.write(rows, buffer);
        out.setValues(buffer, rows);
    }
}
