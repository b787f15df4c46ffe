package io.freshet.model.declared;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ColumnSummary;
import io.freshet.model.ConditionException;
import io.freshet.model.Operator;
import io.freshet.table.ColumnType;

/**
 * The numbers that a column can have: the multiples of a step that lie in disjoint ranges. Numbers are scaled by
 * 10<sup>digits</sup>, and dates are ticks.
 *
 * @param type whole numbers, decimals or dates
 * @param step the distance between neighbouring numbers, scaled; negative if they descend
 * @param origin a number of the grid, scaled
 * @param ranges ascending, as indices k of the numbers origin + k · step
 */
record Grid(ColumnType type, long step, long origin, List<Range> ranges) {

    private static final int MAX_RANGES = 1000;

    /** The indices from {@code first} to {@code last}, both inclusive. */
    record Range(long first, long last) {

        long size() {
            return last - first + 1;
        }
    }

    Grid {
        ranges = List.copyOf(ranges);
    }

    /** Returns the grid of all multiples of a step from {@code min} to {@code max}, scaled. */
    static Grid between(ColumnType type, long step, long min, long max) {
        long first = -Math.floorDiv(-min, step);
        long last = Math.floorDiv(max, step);
        return new Grid(type, step, 0, first > last ? List.of() : List.of(new Range(first, last)));
    }

    /** Returns the grid of numbers at a distance from a start. */
    static Grid from(ColumnType type, long start, long step, long count) {
        return new Grid(type, step, start, List.of(new Range(0, count - 1)));
    }

    long value(long index) {
        return origin + index * step;
    }

    /** Returns the number at one end of the grid, which has a range. */
    long first() {
        return value(ranges.get(0).first);
    }

    /** Returns the number at the other end of the grid, below the first if the step is negative. */
    long last() {
        return value(ranges.get(ranges.size() - 1).last);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Returns how many numbers there are. */
    long size() {
        return ranges.stream().mapToLong(Range::size).sum();
    }

    /** Returns the index of the number at a position, counted over all ranges. */
    long at(long position) {
        long rest = position;
        for (Range range : ranges) {
            if (rest < range.size()) {
                return range.first + rest;
            }
            rest -= range.size();
        }
        throw new IndexOutOfBoundsException("position " + position);
    }

    int digits() {
        return type instanceof ColumnType.Decimal decimal ? decimal.digits() : 0;
    }

    /**
     * Returns the numbers that satisfy a condition.
     *
     * @throws ConditionException if there are none
     */
    Grid given(ColumnCondition condition) {
        List<Range> kept = switch (condition.operator()) {
            case EQ, IN -> points(condition);
            case NE, NOT_IN -> without(points(condition));
            case GT -> above(index(condition, 0, down()), false);
            case GTE -> above(index(condition, 0, up()), true);
            case LT -> below(index(condition, 0, up()), false);
            case LTE -> below(index(condition, 0, down()), true);
            case BETWEEN -> step > 0 ? within(index(condition, 0, up()), index(condition, 1, down()))
                    : within(index(condition, 1, down()), index(condition, 0, up()));
            case IS_NULL -> ranges;
        };
        if (kept.isEmpty()) {
            throw new ConditionException(condition.column(), condition.column() + " never satisfies "
                    + condition.operator().id() + ": its values are " + least() + " to " + greatest());
        }
        return new Grid(type, step, origin, kept);
    }

    /** Returns the text of the smallest number. */
    String least() {
        return text(step > 0 ? ranges.get(0).first : ranges.get(ranges.size() - 1).last);
    }

    /** Returns the text of the largest number. */
    String greatest() {
        return text(step > 0 ? ranges.get(ranges.size() - 1).last : ranges.get(0).first);
    }

    String text(long index) {
        return type instanceof ColumnType.DateTime date ? date.format().print(value(index))
                : ColumnSummary.text(type, value(index));
    }

    /** Indices of a descending grid descend. */
    private RoundingMode up() {
        return step > 0 ? RoundingMode.CEILING : RoundingMode.FLOOR;
    }

    private RoundingMode down() {
        return step > 0 ? RoundingMode.FLOOR : RoundingMode.CEILING;
    }

    private List<Range> above(long index, boolean inclusive) {
        long first = inclusive ? index : step > 0 ? index + 1 : index - 1;
        return step > 0 ? within(first, Long.MAX_VALUE) : within(Long.MIN_VALUE, first);
    }

    private List<Range> below(long index, boolean inclusive) {
        long last = inclusive ? index : step > 0 ? index - 1 : index + 1;
        return step > 0 ? within(Long.MIN_VALUE, last) : within(last, Long.MAX_VALUE);
    }

    private List<Range> within(long first, long last) {
        return ranges.stream().map(range -> new Range(Math.max(first, range.first), Math.min(last, range.last)))
                .filter(range -> range.first <= range.last).toList();
    }

    private List<Range> points(ColumnCondition condition) {
        List<Range> points = new ArrayList<>();
        for (int i = 0; i < condition.operands().size(); i++) {
            long low = index(condition, i, RoundingMode.CEILING);
            if (low == index(condition, i, RoundingMode.FLOOR)) {
                points.addAll(within(low, low));
            }
        }
        return points.stream().distinct().sorted((a, b) -> Long.compare(a.first, b.first)).toList();
    }

    private List<Range> without(List<Range> points) {
        List<Range> kept = new ArrayList<>(ranges);
        for (Range point : points) {
            kept = kept.stream().flatMap(range -> point.first < range.first || point.first > range.last
                    ? Stream.of(range)
                    : Stream.of(new Range(range.first, point.first - 1),
                            new Range(point.first + 1, range.last)))
                    .filter(range -> range.first <= range.last).toList();
        }
        return kept;
    }

    /** Returns the index of an operand, rounded to the grid; indices beyond it are cut. */
    private long index(ColumnCondition condition, int operand, RoundingMode rounding) {
        if (condition.operands().size() > MAX_RANGES && condition.operator() != Operator.IN) {
            throw new ConditionException(condition.column(),
                    condition.column() + ": a condition may have at most " + MAX_RANGES + " values");
        }
        BigDecimal scaled = scaled(condition, condition.operands().get(operand));
        BigDecimal index = scaled.subtract(BigDecimal.valueOf(origin)).divide(BigDecimal.valueOf(step), 0, rounding);
        BigDecimal bound = BigDecimal.valueOf(Long.MAX_VALUE >> 1);
        return index.min(bound).max(bound.negate()).longValue();
    }

    private BigDecimal scaled(ColumnCondition condition, Object operand) {
        try {
            if (type instanceof ColumnType.DateTime date) {
                return BigDecimal.valueOf(date.format().read(operand.toString()).orElseThrow(
                        () -> new NumberFormatException("not a date such as " + date.format().example())));
            }
            return new BigDecimal(operand.toString()).movePointRight(digits());
        } catch (NumberFormatException e) {
            throw new ConditionException(condition.column(), condition.column() + " is of type " + type.typeName() + ", and "
                    + operand + " is not such a value");
        }
    }
}
