package io.freshet.model.tree;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.model.Operator;
import io.freshet.model.marginal.ValueRanges;
import io.freshet.table.ColumnType;
import io.freshet.table.TextDictionary;

/** The values of one column that satisfy conditions, as the share of each code. */
public final class RestrictedColumn {

    private static final int SHOWN = 20;

    private final ColumnCodes codes;
    private final ValueRanges ranges;
    private Segments segments;
    /** For each condition, the ranges of places that satisfy it. */
    private final List<List<ValueRanges.Range>> passing = new ArrayList<>();
    private boolean valuesPass = true;
    private boolean missingPasses = true;

    public RestrictedColumn(ColumnCodes codes) {
        this.codes = codes;
        this.ranges = new ValueRanges(codes.column());
        this.segments = codes.segments();
    }

    /**
     * Narrows the values to those that also satisfy this condition.
     *
     * @throws ConditionException if the condition does not fit the column's type, or if no value remains
     */
    public void restrict(ColumnCondition condition) {
        if (condition.operator() == Operator.IS_NULL) {
            boolean missing = Boolean.TRUE.equals(condition.operands().get(0));
            valuesPass &= !missing;
            missingPasses &= missing;
            return;
        }
        missingPasses = false;
        switch (codes.kind()) {
            case TEXT -> throw refuse("is of type " + codes.column().type().typeName() + ": it only supports is_null");
            case NAME -> clip(names(condition));
            case NUMBER, DATE -> clip(places(ranges.of(condition)));
        }
        if (isEmpty()) {
            throw refuse("cannot satisfy " + condition.operator().id() + " " + condition.operands() + ": " + extent());
        }
    }

    private boolean isEmpty() {
        for (int code = 0; code < segments.codes(); code++) {
            if (segments.massOf(code) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the places of the names that satisfy the condition, each as a range of one. */
    private List<ValueRanges.Range> names(ColumnCondition condition) {
        TextDictionary names = codes.names();
        boolean among = switch (condition.operator()) {
            case EQ, IN -> true;
            case NE, NOT_IN -> false;
            default -> throw refuse("is of type " + codes.column().type().typeName() + ": it supports eq, ne, in, not_in and "
                    + "is_null, not " + condition.operator().id());
        };
        List<String> operands = condition.operands().stream().map(this::text).toList();
        for (String operand : operands) {
            if (among && names.codeOf(operand) < 0) {
                throw refuse("never has the value " + operand + "; " + extent());
            }
        }
        List<ValueRanges.Range> passing = new ArrayList<>();
        for (int entry = 0; entry < names.size(); entry++) {
            if (operands.contains(names.text(entry)) == among) {
                passing.add(new ValueRanges.Range(entry, entry + .5));
            }
        }
        return passing;
    }

    private String text(Object operand) {
        if (codes.column().type() instanceof ColumnType.Bool bool && operand instanceof Boolean value) {
            return value ? bool.trueText() : bool.falseText();
        }
        return operand instanceof BigDecimal decimal ? decimal.toPlainString() : operand.toString();
    }

    /** Converts ranges of numbers to ranges on the scale of the segments, ascending and disjoint. */
    private List<ValueRanges.Range> places(List<ValueRanges.Range> numbers) {
        List<ValueRanges.Range> sorted = new ArrayList<>();
        for (ValueRanges.Range range : numbers) {
            sorted.add(new ValueRanges.Range(border(range.from()), border(range.to())));
        }
        sorted.sort(Comparator.comparingDouble(ValueRanges.Range::from));
        List<ValueRanges.Range> apart = new ArrayList<>();
        double reached = Double.NEGATIVE_INFINITY;
        for (ValueRanges.Range range : sorted) {
            if (range.to() > reached && range.to() > range.from()) {
                apart.add(new ValueRanges.Range(Math.max(range.from(), reached), range.to()));
                reached = range.to();
            }
        }
        return apart;
    }

    /** Returns the place at which values below a number end, which is half-way between two steps. */
    private double border(double number) {
        return codes.isFloating() || Math.abs(number) >= Double.MAX_VALUE ? number
                : Math.ceil((number - codes.origin()) / codes.unit()) - .5;
    }

    private void clip(List<ValueRanges.Range> places) {
        passing.add(places);
        SegmentList clipped = new SegmentList();
        for (int code = 0; code < segments.codes(); code++) {
            int kept = 0;
            for (int s = segments.first(code); s < segments.first(code + 1); s++) {
                for (ValueRanges.Range range : places) {
                    kept += clip(clipped, s, range) ? 1 : 0;
                }
            }
            if (kept == 0) {
                double low = segments.low(segments.first(code));
                clipped.add(low, low, 0);
            }
            clipped.endCode();
        }
        segments = clipped.build();
    }

    private boolean clip(SegmentList clipped, int s, ValueRanges.Range range) {
        double low = segments.low(s);
        double high = segments.high(s);
        double mass = segments.mass(s);
        if (low == high) {
            boolean passes = range.from() <= low && low < range.to() && mass > 0;
            if (passes) {
                clipped.add(low, high, mass);
            }
            return passes;
        }
        double from = Math.max(low, range.from());
        double to = range.to() > high ? high : below(range.to());
        if (!(from < range.to()) || !(from <= to) || mass <= 0) {
            return false;
        }
        clipped.add(from, to, mass * Math.max(to - from, Math.ulp(from)) / (high - low));
        return true;
    }

    /** Returns the largest place that is safely below a border, allowing for rounding. */
    private double below(double border) {
        return codes.isFloating() ? Math.nextDown(border) : border - Math.max(1e-9, 2 * Math.ulp(border));
    }

    /** Returns whether the value at a place satisfies the conditions. */
    public boolean passes(double place) {
        double rounded = codes.isFloating() ? place : Math.floor(place + .5);
        return valuesPass && passing.stream().allMatch(
                ranges -> ranges.stream().anyMatch(range -> range.from() <= rounded && rounded < range.to()));
    }

    /** Returns the remaining segments. A code that does not satisfy the conditions has no mass. */
    public Segments segments() {
        return segments;
    }

    /** Returns the share of each code's values that satisfies the conditions; the last one is for missing values. */
    public double[] shares() {
        double[] shares = new double[codes.size()];
        for (int code = 0; code < segments.codes() && valuesPass; code++) {
            double all = codes.segments().massOf(code);
            shares[code] = all > 0 ? Math.min(1, segments.massOf(code) / all) : 0;
        }
        shares[codes.missing()] = missingPasses ? 1 : 0;
        return shares;
    }

    public ConditionException refuse(String reason) {
        return new ConditionException(codes.column().name(), codes.column().name() + " " + reason);
    }

    private String extent() {
        if (codes.kind() == CodeKind.NAME) {
            List<String> texts = codes.names().texts();
            String list = texts.stream().limit(SHOWN).collect(Collectors.joining(", "));
            return "its values are " + (texts.size() > SHOWN ? list + " and " + (texts.size() - SHOWN) + " more" : list);
        }
        return "its values are " + ranges.describe(value(codes.least())) + " to "
                + ranges.describe(value(codes.greatest()));
    }

    private double value(double place) {
        return codes.isFloating() ? place : codes.number(place);
    }
}
