package io.freshet.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.freshet.table.Column;
import io.freshet.table.ColumnType;

/**
 * What a condition on a column that follows from others demands of those others: conditions on the inner model that are
 * satisfied wherever it is. Drawing under them leaves few rows to be drawn again, as when the arrivals of one day are asked for
 * and only departures shortly before can have led to them. Numbers are those people write, dates their ticks.
 */
final class ImpliedConditions {

    /** Sums of numbers are rounded by less than this share of them. */
    private static final double ROUNDING = 1e-9;

    private final ConstraintPlan plan;
    private final GaussianCopula inner;

    ImpliedConditions(ConstraintPlan plan, GaussianCopula inner) {
        this.plan = plan;
        this.inner = inner;
    }

    /** All values from {@code least} to {@code greatest}. */
    private record Span(double least, double greatest) {

        Span plus(Span other) {
            return new Span(least + other.least, greatest + other.greatest);
        }

        /** Where one addend must be if the other is here and their sum is in {@code sum}. */
        Span rest(Span sum) {
            return new Span(sum.least - greatest, sum.greatest - least);
        }

        Span with(double value) {
            return new Span(Math.min(least, value), Math.max(greatest, value));
        }
    }

    /**
     * A condition itself, where it is on a column that the inner model has as it is.
     *
     * @throws ConditionException if an operand does not fit the column, or no row can satisfy the condition
     */
    List<ColumnCondition> of(ColumnCondition condition) {
        Optional<DerivedColumn> found = plan.derived(plan.schema().indexOf(condition.column()));
        if (found.isEmpty()) {
            return List.of(condition);
        }
        DerivedColumn column = found.get();
        if (column.constraint() instanceof Constraint.TimeOfDay) {
            return ClockTimes.of(column, plan.schema()).around(condition, column.column());
        }
        if (column.constraint() instanceof Constraint.Unique) {
            return List.of();
        }
        if (condition.operator() == Operator.IS_NULL) {
            return ofMissing(column, condition);
        }
        Span wanted = wanted(column.column(), condition);
        return column.constraint() instanceof Constraint.Ordered ? ofOrdered(column, wanted) : ofSum(column, wanted);
    }

    /** A difference is missing where the greater value is; a sum is missing where an addend is. */
    private List<ColumnCondition> ofMissing(DerivedColumn column, ColumnCondition condition) {
        if (column.constraint() instanceof Constraint.Ordered) {
            return List.of(condition);
        }
        boolean missing = Boolean.TRUE.equals(condition.operands().get(0));
        return missing ? List.of()
                : column.sources().stream().map(plan.schema()::column).filter(Column::nullable)
                        .flatMap(source -> of(new ColumnCondition(source.name(), Operator.IS_NULL, List.of(false))).stream())
                        .toList();
    }

    private static Span wanted(Column column, ColumnCondition condition) {
        List<ValueRanges.Range> ranges = new ValueRanges(column).of(condition);
        double unit = unit(column);
        return new Span(ranges.stream().mapToDouble(ValueRanges.Range::from).min().orElseThrow() / unit,
                ranges.stream().mapToDouble(ValueRanges.Range::to).max().orElseThrow() / unit);
    }

    private List<ColumnCondition> ofOrdered(DerivedColumn column, Span wanted) {
        int lesser = column.sources().get(0);
        Span difference = difference(column);
        List<ColumnCondition> implied = new ArrayList<>(
                bounds(column.inner(), difference, base(column).rest(wanted)));
        // where the lesser value is missing there is nothing to demand of it, and the condition may hold all the same
        if (!plan.schema().column(lesser).nullable()) {
            implied.addAll(on(lesser, difference.rest(wanted)));
        }
        return implied;
    }

    private List<ColumnCondition> ofSum(DerivedColumn column, Span wanted) {
        List<ColumnCondition> implied = new ArrayList<>();
        for (int addend : column.sources()) {
            Span others = column.sources().stream().filter(source -> source != addend).map(this::span)
                    .reduce(new Span(0, 0), Span::plus);
            implied.addAll(on(addend, others.rest(wanted)));
        }
        return implied;
    }

    private List<ColumnCondition> on(int column, Span within) {
        Span span = span(column);
        return Double.isInfinite(span.least) ? List.of()
                : bounds(plan.schema().column(column), span, within).stream().flatMap(bound -> of(bound).stream()).toList();
    }

    /** The bounds that exclude some values of a column, with room for rounding. */
    private static List<ColumnCondition> bounds(Column column, Span span, Span within) {
        double step = column.type() instanceof ColumnType.Floating ? 0 : 1 / unit(column);
        double least = within.least - step - ROUNDING * Math.abs(within.least);
        double greatest = within.greatest + step + ROUNDING * Math.abs(within.greatest);
        List<ColumnCondition> bounds = new ArrayList<>();
        if (least > span.least && span.least < span.greatest) {
            bounds.add(bound(column, Operator.GTE, Math.min(least, span.greatest)));
        }
        if (greatest < span.greatest && span.least < span.greatest) {
            bounds.add(bound(column, Operator.LTE, Math.max(greatest, span.least)));
        }
        return bounds;
    }

    private static ColumnCondition bound(Column column, Operator operator, double value) {
        Object operand = column.type() instanceof ColumnType.DateTime dateTime
                ? dateTime.format().print((long) (operator == Operator.GTE ? Math.floor(value) : Math.ceil(value)))
                : BigDecimal.valueOf(value);
        return new ColumnCondition(column.name(), operator, List.of(operand));
    }

    /** The values that a column has in the rows of the model. */
    private Span span(int index) {
        Optional<DerivedColumn> found = plan.derived(index);
        if (found.isEmpty()) {
            return innerSpan(index);
        }
        DerivedColumn column = found.get();
        if (column.constraint() instanceof Constraint.TimeOfDay) {
            Span days = innerSpan(index);
            long ticks = ClockTimes.ticksPerDay(column.column());
            return new Span(days.least * ticks, (days.greatest + 1) * ticks);
        }
        if (column.constraint() instanceof Constraint.Ordered) {
            return base(column).plus(difference(column));
        }
        return column.constraint() instanceof Constraint.Sum
                ? column.sources().stream().map(this::span).reduce(new Span(0, 0), Span::plus)
                : new Span(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** What the lesser value of a derived column is, or what stands for it where it is missing. */
    private Span base(DerivedColumn column) {
        return span(column.sources().get(0)).with(column.least() / unit(column.column()));
    }

    /** By how much the greater value exceeds the other: never less than nothing, and rounded up to a step of its own. */
    private Span difference(DerivedColumn column) {
        Span drawn = innerSpan(column.index());
        return new Span(Math.max(0, drawn.least), Math.max(0, drawn.greatest) + 1 / unit(column.column()));
    }

    private Span innerSpan(int index) {
        Column column = inner.schema().column(index);
        if (column.type() instanceof ColumnType.Constant constant) {
            double value = Double.parseDouble(constant.text());
            return new Span(value, value);
        }
        double unit = unit(column);
        double[] values = inner.strata().stream().map(stratum -> KnownColumn.of(stratum.columns().get(index)).numbers())
                .flatMapToDouble(Arrays::stream).toArray();
        return new Span(Arrays.stream(values).min().orElse(Double.NEGATIVE_INFINITY) / unit,
                Arrays.stream(values).max().orElse(Double.POSITIVE_INFINITY) / unit);
    }

    /** How many steps of a column's own scale make one. */
    private static double unit(Column column) {
        return column.type() instanceof ColumnType.Floating ? 1 : NumberReader.power(NumberReader.digits(column.type()));
    }
}
