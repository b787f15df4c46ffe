package io.freshet.model.constraint;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.model.Constraint;
import io.freshet.model.DescribedModel;
import io.freshet.model.Operator;
import io.freshet.model.SynthesisModel;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.marginal.KnownColumn;
import io.freshet.model.marginal.NumberReader;
import io.freshet.model.marginal.ValueRanges;
import io.freshet.model.relation.AtLeast;
import io.freshet.model.relation.Increment;
import io.freshet.model.relation.LinearSum;
import io.freshet.model.relation.Relation;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;

/**
 * Derives what a condition on a derived column implies for the columns of the inner model: conditions that are satisfied
 * whenever the original one is. Drawing under them leaves few rows to be drawn again. For example, arrivals on one day can only
 * result from departures shortly before. Numbers are in their usual notation, dates in ticks.
 */
final class ImpliedConditions {

    /** The maximum relative rounding error of a sum. */
    private static final double ROUNDING = 1e-9;

    private final ConstraintPlan plan;
    private final SynthesisModel inner;

    ImpliedConditions(ConstraintPlan plan, SynthesisModel inner) {
        this.plan = plan;
        this.inner = inner;
    }

    /** All values from {@code least} to {@code greatest}. */
    record Span(double least, double greatest) {

        Span plus(Span other) {
            return new Span(least + other.least, greatest + other.greatest);
        }

        /** Returns the range of one addend if this is the range of the other, and {@code sum} the range of their sum. */
        Span rest(Span sum) {
            return new Span(sum.least - greatest, sum.greatest - least);
        }

        /** All values of the other sign, for a sign of −1. */
        Span times(int sign) {
            return sign < 0 ? new Span(-greatest, -least) : this;
        }

        Span with(double value) {
            return new Span(Math.min(least, value), Math.max(greatest, value));
        }
    }

    /**
     * Returns the implied conditions, or the condition itself if its column is not derived.
     *
     * @throws ConditionException if an operand does not fit the column, or no row can satisfy the condition
     */
    List<ColumnCondition> of(ColumnCondition condition) {
        int index = plan.schema().indexOf(condition.column());
        if (index >= 0 && plan.relations().decides(index)) {
            return new RelatedConditions(plan.schema(), this).of(plan.relations().of(index), condition);
        }
        Optional<DerivedColumn> found = plan.constrained(index);
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

    /** A difference is missing when the greater value is, and a sum when an addend is. */
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

    static Span wanted(Column column, ColumnCondition condition) {
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
        // if the lesser value is missing, it is not restricted, and the condition may hold nevertheless
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

    List<ColumnCondition> on(int column, Span within) {
        Span span = span(column);
        return Double.isInfinite(span.least) ? List.of()
                : bounds(plan.schema().column(column), span, within).stream().flatMap(bound -> of(bound).stream()).toList();
    }

    /** Returns the bounds that exclude some values of a column, with a margin for rounding. */
    private static List<ColumnCondition> bounds(Column column, Span span, Span within) {
        double step = column.type() instanceof ColumnType.Floating ? 0 : 1 / unit(column);
        double min = within.least - step - ROUNDING * Math.abs(within.least);
        double max = within.greatest + step + ROUNDING * Math.abs(within.greatest);
        List<ColumnCondition> bounds = new ArrayList<>();
        if (min > span.least && span.least < span.greatest) {
            bounds.add(bound(column, Operator.GTE, Math.min(min, span.greatest)));
        }
        if (max < span.greatest && span.least < span.greatest) {
            bounds.add(bound(column, Operator.LTE, Math.max(max, span.least)));
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
    Span span(int index) {
        if (plan.relations().decides(index)
                && !(plan.relations().of(index).get(0).relation() instanceof Increment)) {
            return related(plan.relations().of(index).get(0).relation());
        }
        Optional<DerivedColumn> found = plan.constrained(index);
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

    private Span related(Relation relation) {
        if (relation instanceof AtLeast order) {
            double unit = unit(plan.schema().column(order.target()));
            return new Span(order.least() / unit, order.greatest() / unit);
        }
        if (relation instanceof LinearSum sum && sum.scale() == 1) {
            Span all = new Span(sum.constant(), sum.constant());
            for (int i = 0; i < sum.sources().size(); i++) {
                all = all.plus(span(sum.sources().get(i)).times(sum.signs().get(i)));
            }
            return all;
        }
        return new Span(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** What the lesser value of a derived column is, or what stands for it where it is missing. */
    private Span base(DerivedColumn column) {
        return span(column.sources().get(0)).with(column.least() / unit(column.column()));
    }

    /**
     * Returns the range of the difference between the greater and the lesser value: never negative, and rounded up to a step of
     * its own.
     */
    private Span difference(DerivedColumn column) {
        Span drawn = innerSpan(column.index());
        return new Span(Math.max(0, drawn.least), Math.max(0, drawn.greatest) + 1 / unit(column.column()));
    }

    Span innerSpan(int index) {
        Column column = inner.schema().column(index);
        if (column.type() instanceof ColumnType.Constant constant) {
            double value = Double.parseDouble(constant.text());
            return new Span(value, value);
        }
        double unit = unit(column);
        if (inner instanceof DescribedModel described) {
            return new Span(described.least(index) / unit, described.greatest(index) / unit);
        }
        double[] values = GaussianCopula.of(inner).strata().stream()
                .map(stratum -> KnownColumn.of(stratum.columns().get(index)).numbers())
                .flatMapToDouble(Arrays::stream).toArray();
        return new Span(Arrays.stream(values).min().orElse(Double.NEGATIVE_INFINITY) / unit,
                Arrays.stream(values).max().orElse(Double.POSITIVE_INFINITY) / unit);
    }

    /** How many steps of a column's own scale make one. */
    static double unit(Column column) {
        return column.type() instanceof ColumnType.Floating ? 1 : NumberReader.power(NumberReader.digits(column.type()));
    }
}
