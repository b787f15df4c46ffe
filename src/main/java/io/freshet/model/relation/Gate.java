package io.freshet.model.relation;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

import io.freshet.model.marginal.NumberReader;
import io.freshet.model.marginal.ValueRanges;
import io.freshet.table.Column;
import io.freshet.table.ColumnVector;
import io.freshet.table.Schema;

/**
 * A target that is missing, or has one special number, depending on another column. A model learns the other rows.
 *
 * @param states the state for each key; the last one is for missing values
 * @param special the special number, in steps of the target; empty if the gate decides where the target is missing
 * @param fallback replaces a special number in a row that must not have it; unused if the gate decides where the target is
 *        missing
 */
public record Gate(int target, Keys key, List<State> states, List<Double> special, double fallback) implements PartialRelation {

    private static final double ALMOST = 1e-12;

    /** The state of the target that a key implies. */
    public enum State {
        /** The target may be special. */
        OPEN,
        /** The target is special. */
        CLOSED,
        /** The target is not special. */
        NEVER
    }

    public Gate {
        states = List.copyOf(states);
        special = List.copyOf(special);
        if (states.size() != key.size() + 1 || special.size() > 1) {
            throw new IllegalArgumentException("a gate needs a state for each key, and at most one special value");
        }
    }

    boolean ofMissing() {
        return special.isEmpty();
    }

    @Override
    public List<Integer> sources() {
        return List.of(key.column());
    }

    @Override
    public String kind() {
        return ofMissing() ? "missing" : "condition";
    }

    @Override
    public String text(Schema schema) {
        return key.text(schema) + " says when " + schema.column(target).name() + " is "
                + (ofMissing() ? "missing" : number(schema));
    }

    private String number(Schema schema) {
        Column column = schema.column(target);
        return new ValueRanges(column).describe(special.get(0));
    }

    private State[] stateOf() {
        return states.toArray(State[]::new);
    }

    /** Returns whether the target of a row is currently special. */
    private IntPredicate isSpecial(Cells cells, ColumnVector own) {
        if (ofMissing()) {
            return own::isMissing;
        }
        NumberReader reader = NumberReader.of(cells.column(target), own);
        double unit = NumberColumn.unit(cells.column(target));
        double value = special.get(0);
        return row -> !reader.isMissing(row) && Math.abs(reader.value(row) * unit - value) <= ALMOST * Math.abs(value);
    }

    @Override
    public RowStep reduction(Cells cells, ColumnVector own, boolean[] free) {
        IntUnaryOperator keyOf = key.reader(cells);
        State[] of = stateOf();
        return row -> {
            int key = keyOf.applyAsInt(row);
            free[row] |= key >= 0 && of[key] == State.CLOSED;
        };
    }

    @Override
    public RowStep derivation(Cells cells, ColumnVector own) {
        IntUnaryOperator keyOf = key.reader(cells);
        State[] of = stateOf();
        if (ofMissing()) {
            return row -> {
                int key = keyOf.applyAsInt(row);
                if (key >= 0 && of[key] == State.CLOSED) {
                    own.setMissing(row);
                }
            };
        }
        NumberColumn cell = NumberColumn.of(cells.column(target), own);
        double number = special.get(0);
        double almost = ALMOST * Math.abs(number);
        return row -> {
            int key = keyOf.applyAsInt(row);
            State state = key < 0 ? State.OPEN : of[key];
            if (state == State.CLOSED) {
                cell.set(row, number);
            } else if (state == State.NEVER && !cell.isMissing(row) && Math.abs(cell.get(row) - number) <= almost) {
                cell.set(row, fallback);
            }
        };
    }

    @Override
    public IntPredicate broken(Cells cells) {
        IntUnaryOperator keyOf = key.reader(cells);
        State[] of = stateOf();
        IntPredicate isSpecial = isSpecial(cells, cells.vector(target));
        return row -> {
            int key = keyOf.applyAsInt(row);
            State state = key < 0 ? State.OPEN : of[key];
            return state != State.OPEN && isSpecial.test(row) != (state == State.CLOSED);
        };
    }

    @Override
    public Column inner(Column column) {
        boolean nullable = column.nullable() && (!ofMissing() || states.contains(State.OPEN));
        return column.withNullable(nullable);
    }
}
