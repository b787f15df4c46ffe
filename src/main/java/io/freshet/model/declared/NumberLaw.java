package io.freshet.model.declared;

import java.math.BigDecimal;
import java.util.Optional;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.table.ColumnType;

/**
 * Numbers or dates of a {@link Grid}, each with the probability that the distribution gives to the cell around it. Under a
 * condition, only the ranges of the grid change, so that rare values cost no more than others.
 */
final class NumberLaw implements Law {

    private static final double RARE = 1e-4;

    private final Grid grid;
    private final Distribution distribution;
    private final boolean uniform;
    /** The cumulative mass of the ranges. */
    private final double[] bounds;

    private NumberLaw(Grid grid, Distribution distribution, boolean uniform) {
        this.grid = grid;
        this.distribution = distribution;
        this.uniform = uniform;
        this.bounds = new double[grid.ranges().size()];
        double sum = 0;
        for (int i = 0; i < bounds.length; i++) {
            Grid.Range range = grid.ranges().get(i);
            sum += uniform ? range.size() : upper(range.last()) - lower(range.first());
            bounds[i] = sum;
        }
    }

    /**
     * @param distribution of the numbers as users see them, without a scale
     * @throws IllegalArgumentException if the grid has no number with a positive probability
     */
    static NumberLaw of(Grid grid, Distribution distribution) {
        NumberLaw law = new NumberLaw(grid, distribution, false);
        if (!(law.mass() > 0)) {
            throw new IllegalArgumentException("has no value in its range");
        }
        return law;
    }

    /** Creates a law in which all numbers of the grid are equally likely. */
    static NumberLaw uniform(Grid grid) {
        if (grid.isEmpty()) {
            throw new IllegalArgumentException("has no value in its range");
        }
        return new NumberLaw(grid, new Distribution.Uniform(0, 1), true);
    }

    Grid grid() {
        return grid;
    }

    /** Returns the text of the smallest number that is not too rare to matter. */
    String least() {
        return uniform ? grid.least() : grid.text(nearest(distribution.quantile(RARE), grid.ranges().get(0)));
    }

    /** Returns the text of the largest number that is not too rare to matter. */
    String greatest() {
        return uniform ? grid.greatest()
                : grid.text(nearest(distribution.quantile(1 - RARE), grid.ranges().get(grid.ranges().size() - 1)));
    }

    private double mass() {
        return bounds.length == 0 ? 0 : bounds[bounds.length - 1];
    }

    /** Returns the probability of everything below the cell of a number. */
    private double lower(long index) {
        return distribution.cumulative(edge(index, -1));
    }

    private double upper(long index) {
        return distribution.cumulative(edge(index, 1));
    }

    private double edge(long index, int side) {
        return (grid.value(index) + side * 0.5 * grid.step()) / scale();
    }

    private double scale() {
        return StrictMath.pow(10, grid.digits());
    }

    @Override
    public ColumnType type() {
        return grid.type();
    }

    @Override
    public Object draw(RowContext row) {
        if (uniform) {
            return grid.value(grid.at(Math.multiplyHigh(row.draws().word() >>> 1, grid.size() << 1)));
        }
        double at = row.draws().uniform() * mass();
        int chosen = 0;
        while (chosen < bounds.length - 1 && at >= bounds[chosen]) {
            chosen++;
        }
        Grid.Range range = grid.ranges().get(chosen);
        double p = lower(range.first()) + (at - (chosen == 0 ? 0 : bounds[chosen - 1]));
        return grid.value(nearest(distribution.quantile(p), range));
    }

    private long nearest(double value, Grid.Range range) {
        double index = Math.rint((value * scale() - grid.origin()) / grid.step());
        return Math.max(range.first(), Math.min(range.last(), (long) index));
    }

    @Override
    public Object json(Object drawn) {
        return json(grid.type(), (Long) drawn);
    }

    /** Returns a number or a date of a vector as JSON contains it. */
    static Object json(ColumnType type, long value) {
        if (type instanceof ColumnType.DateTime date) {
            return date.format().print(value);
        }
        return type instanceof ColumnType.Decimal decimal ? BigDecimal.valueOf(value, decimal.digits()) : (Object) value;
    }

    @Override
    public Optional<Restricted> given(ColumnCondition condition) {
        NumberLaw law = new NumberLaw(grid.given(condition), distribution, uniform);
        if (!(law.mass() > 0)) {
            throw new ConditionException(condition.column(), condition.column() + " has no such value");
        }
        return Optional.of(new Restricted(law, Math.min(1, law.mass() / mass())));
    }
}
