package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntToDoubleFunction;

import io.freshet.table.Schema;

/** A target that is the same number in all rows of a case. */
public record FixedNumber(int target, double value) implements Calculation {

    @Override
    public List<Integer> sources() {
        return List.of();
    }

    @Override
    public String kind() {
        return "constant";
    }

    @Override
    public String text(Schema schema) {
        return schema.column(target).name() + " = " + Formula.number(value);
    }

    @Override
    public double tolerance() {
        return 0;
    }

    @Override
    public IntToDoubleFunction results(Cells cells) {
        return row -> value;
    }
}
