package io.freshet.model.constraint;

import java.util.ArrayList;
import java.util.List;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.model.Operator;
import io.freshet.model.marginal.NumberReader;
import io.freshet.model.marginal.ValueRanges;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

/**
 * A column of date-times as two columns that the inner model learns: the days in its place, and the times of day after the
 * columns of the table.
 *
 * @param days the column in its place
 * @param times the other column; never missing
 * @param ticksPerDay how many ticks of the date-times a day has
 */
record ClockTimes(Column days, Column times, long ticksPerDay) {

    private static final String SUFFIX = " time of day";

    /** @param schema the schema of the table */
    static ClockTimes of(DerivedColumn column, Schema schema) {
        String name = column.column().name() + SUFFIX;
        while (schema.indexOf(name) >= 0) {
            name += "'";
        }
        return new ClockTimes(column.inner(), new Column(name, new ColumnType.Whole(), false, List.of(name)),
                ticksPerDay(column.column()));
    }

    /** Returns how many ticks of a column a day has; 1 if the column has no time of day. */
    static long ticksPerDay(Column column) {
        return column.type() instanceof ColumnType.DateTime dateTime
                ? java.time.Duration.ofDays(1).dividedBy(dateTime.format().resolution().getDuration())
                : 1;
    }

    /** Returns the days of date-times. */
    ColumnVector daysOf(NumberReader own, int rows) {
        NumberVector out = NumberVector.create(rows);
        for (int row = 0; row < rows; row++) {
            if (own.isMissing(row)) {
                out.setMissing(row);
            } else {
                out.values()[row] = Math.floorDiv(own.scaled(row, 0), ticksPerDay);
            }
        }
        return out;
    }

    /**
     * Returns the times of day of date-times. A missing one is replaced by that of the row before, which preserves the
     * distribution.
     */
    ColumnVector timesOf(NumberReader own, int rows) {
        NumberVector out = NumberVector.create(rows);
        long last = 0;
        for (int row = rows - 1; row >= 0; row--) {
            last = own.isMissing(row) ? last : Math.floorMod(own.scaled(row, 0), ticksPerDay);
        }
        for (int row = 0; row < rows; row++) {
            last = own.isMissing(row) ? last : Math.floorMod(own.scaled(row, 0), ticksPerDay);
            out.values()[row] = last;
        }
        return out;
    }

    /** Combines the days and times that the inner model drew. */
    void join(ColumnVector out, RowBatch drawn, int rows) {
        NumberReader day = reader(drawn, days);
        NumberReader time = reader(drawn, times);
        for (int row = 0; row < rows; row++) {
            if (day.isMissing(row)) {
                out.setMissing(row);
            } else {
                ((NumberVector) out).values()[row] = day.scaled(row, 0) * ticksPerDay
                        + Math.min(Math.max(time.scaled(row, 0), 0), ticksPerDay - 1);
            }
        }
    }

    private static NumberReader reader(RowBatch drawn, Column column) {
        int index = drawn.schema().indexOf(column.name());
        return NumberReader.of(drawn.schema().column(index), drawn.vector(index));
    }

    /**
     * Returns conditions on days and times that are satisfied whenever the one on the date-times is, and seldom otherwise.
     *
     * @param column the column as the table has it
     * @throws ConditionException if an operand does not fit the column
     */
    List<ColumnCondition> around(ColumnCondition condition, Column column) {
        if (condition.operator() == Operator.IS_NULL) {
            return List.of(condition);
        }
        List<ValueRanges.Range> ranges = new ValueRanges(column).of(condition);
        double from = ranges.stream().mapToDouble(ValueRanges.Range::from).min().orElseThrow();
        double to = ranges.stream().mapToDouble(ValueRanges.Range::to).max().orElseThrow() - 1;
        List<ColumnCondition> around = new ArrayList<>();
        if (from > -ValueRanges.FAR) {
            around.add(day(Operator.GTE, from));
        }
        if (to < ValueRanges.FAR) {
            around.add(day(Operator.LTE, to));
        }
        if (around.size() == 2 && dayOf(from) == dayOf(to)) {
            around.add(new ColumnCondition(times.name(), Operator.BETWEEN,
                    List.of(Math.floorMod((long) from, ticksPerDay), Math.floorMod((long) to, ticksPerDay))));
        }
        return around;
    }

    private ColumnCondition day(Operator operator, double ticks) {
        return new ColumnCondition(days.name(), operator,
                List.of(((ColumnType.DateTime) days.type()).format().print(dayOf(ticks))));
    }

    private long dayOf(double ticks) {
        return Math.floorDiv((long) ticks, ticksPerDay);
    }
}
