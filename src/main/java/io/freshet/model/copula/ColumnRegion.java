package io.freshet.model.copula;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.model.Operator;
import io.freshet.model.copula.Factor.Interval;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.ContinuousMarginal;
import io.freshet.model.marginal.ContinuousValues;
import io.freshet.model.marginal.DependentSteps;
import io.freshet.model.marginal.FloatingValues;
import io.freshet.model.marginal.StepValues;
import io.freshet.model.marginal.TextValues;
import io.freshet.model.marginal.ValueRanges;
import io.freshet.table.ColumnType;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/** The latent intervals in which one column satisfies a condition. */
final class ColumnRegion {

    private static final double NARROW = 1e-7;
    private static final double MAX_LATENT = 9;

    private final ColumnModel column;
    private final int index;
    private final ValueRanges ranges;
    private final int valueDimension;
    private final int missingDimension;

    ColumnRegion(ColumnModel column, int index, LatentSpace latent) {
        this.column = column;
        this.index = index;
        this.ranges = new ValueRanges(column.column());
        this.valueDimension = latent.valueDimension()[index];
        this.missingDimension = latent.missingDimension()[index];
    }

    void restrict(LatentRegion.Builder region, ColumnCondition condition) {
        if (condition.operator() == Operator.IS_NULL) {
            restrictMissing(region, Boolean.TRUE.equals(condition.operands().get(0)));
            return;
        }
        if (column.values() instanceof TextValues) {
            throw refuse("is of type " + column.column().type().typeName() + ": it only supports is_null");
        }
        restrictMissing(region, false);
        if (column.values() instanceof StepValues steps) {
            restrictEntries(region, condition, steps);
            return;
        }
        if (column.values() instanceof DependentSteps steps) {
            restrictEntries(region, condition, steps.overall());
            return;
        }
        List<Interval> allowed = allowed(region, condition);
        if (allowed.isEmpty()) {
            throw refuse("cannot satisfy " + condition.operator().id() + " " + condition.operands() + ": " + extent());
        }
        if (valueDimension != LatentSpace.NONE && !region.narrow(new Factor(valueDimension, allowed))) {
            throw refuse("cannot satisfy all its conditions at once");
        }
    }

    private void restrictMissing(LatentRegion.Builder region, boolean missing) {
        if (missingDimension == LatentSpace.NONE) {
            if (missing) {
                throw refuse("is never missing");
            }
            return;
        }
        double threshold = column.missingThreshold();
        Interval allowed = missing ? new Interval(threshold, Double.POSITIVE_INFINITY)
                : new Interval(Double.NEGATIVE_INFINITY, threshold);
        if (allowed.isEmpty()) {
            throw refuse(missing ? "is never missing" : "is always missing");
        }
        if (!region.narrow(new Factor(missingDimension, List.of(allowed)))) {
            throw refuse("cannot be missing and have a value");
        }
    }

    private List<Interval> allowed(LatentRegion.Builder region, ColumnCondition condition) {
        boolean integers = column.values() instanceof ContinuousValues;
        if (!integers && condition.operator() == Operator.EQ) {
            return exactly(region, condition);
        }
        ContinuousMarginal marginal = integers ? ((ContinuousValues) column.values()).marginal()
                : ((FloatingValues) column.values()).marginal();
        return ranges.of(condition).stream()
                .map(range -> new Interval(marginal.edge(range.from(), integers), marginal.edge(range.to(), integers)))
                .filter(interval -> !interval.isEmpty())
                .toList();
    }

    /**
     * Requests a single double, which has hardly any latent interval among all others: a narrow interval represents it, and the
     * literal itself is written.
     */
    private List<Interval> exactly(LatentRegion.Builder region, ColumnCondition condition) {
        double literal = ranges.number(condition.operands().get(0)).doubleValue();
        ContinuousMarginal marginal = ((FloatingValues) column.values()).marginal();
        if (!(literal >= marginal.least() && literal <= marginal.greatest())) {
            return List.of();
        }
        if (!region.ask(index, literal)) {
            throw refuse("cannot satisfy all its conditions at once");
        }
        double from = marginal.edge(literal, false);
        double to = marginal.edge(Math.nextUp(literal), false);
        return List.of(new Interval(Math.max(from, -MAX_LATENT) - NARROW, Math.min(to, MAX_LATENT) + NARROW));
    }

    private void restrictEntries(LatentRegion.Builder region, ColumnCondition condition, StepValues steps) {
        IntPredicate passes = steps.dictionary() instanceof TextDictionary texts ? textTest(texts, condition)
                : numberTest((NumberDictionary) steps.dictionary(), condition);
        if (IntStream.range(0, steps.marginal().size()).map(steps::code).noneMatch(passes)) {
            throw refuse("cannot satisfy " + condition.operator().id() + " " + condition.operands() + ": " + extent());
        }
        region.narrow(index, passes);
        IntPredicate all = region.entries().getOrDefault(index, passes);
        if (IntStream.range(0, steps.marginal().size()).map(steps::code).noneMatch(all)) {
            throw refuse("cannot satisfy all its conditions at once");
        }
    }

    private IntPredicate textTest(TextDictionary texts, ColumnCondition condition) {
        List<String> operands = condition.operands().stream().map(this::text).toList();
        boolean among = switch (condition.operator()) {
            case EQ, IN -> true;
            case NE, NOT_IN -> false;
            default -> throw refuse("is of type " + column.column().type().typeName() + ": it supports eq, ne, in, not_in and "
                    + "is_null, not " + condition.operator().id());
        };
        for (String operand : operands) {
            if (among && texts.codeOf(operand) < 0) {
                throw refuse("never has the value " + operand + "; its values are " + some(texts));
            }
        }
        return code -> operands.contains(texts.text(code)) == among;
    }

    private String text(Object operand) {
        if (column.column().type() instanceof ColumnType.Bool bool && operand instanceof Boolean value) {
            return value ? bool.trueText() : bool.falseText();
        }
        return operand instanceof BigDecimal decimal ? decimal.toPlainString() : operand.toString();
    }

    private static String some(TextDictionary texts) {
        String list = texts.texts().stream().limit(20).collect(Collectors.joining(", "));
        return texts.size() > 20 ? list + " and " + (texts.size() - 20) + " more" : list;
    }

    private IntPredicate numberTest(NumberDictionary numbers, ColumnCondition condition) {
        List<ValueRanges.Range> passing = ranges.of(condition);
        return code -> passing.stream()
                .anyMatch(range -> range.from() <= numbers.value(code) && numbers.value(code) < range.to());
    }

    private String extent() {
        if (column.overall().values() instanceof StepValues steps) {
            return steps.dictionary() instanceof TextDictionary texts ? "its values are " + some(texts)
                    : "its values are " + ranges.describe(((NumberDictionary) steps.dictionary()).value(0)) + " to "
                            + ranges.describe(((NumberDictionary) steps.dictionary()).value(steps.dictionary().size() - 1));
        }
        ContinuousMarginal marginal = column.values() instanceof ContinuousValues numbers ? numbers.marginal()
                : ((FloatingValues) column.values()).marginal();
        return "its values are " + ranges.describe(marginal.least()) + " to " + ranges.describe(marginal.greatest());
    }

    private ConditionException refuse(String reason) {
        return new ConditionException(column.column().name(), column.column().name() + " " + reason);
    }
}
