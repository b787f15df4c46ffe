package io.freshet.model.relation;

import java.time.Duration;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.Schema;

/**
 * A date that is another date, in whatever format and resolution both are written: the day of a date-time, the same time in
 * seconds since 1970, or a day that is always as far from another.
 *
 * @param distance how many ticks of the target it is later than the source
 */
public record DateCopy(int target, int source, long distance) implements Calculation {

    @Override
    public List<Integer> sources() {
        return List.of(source);
    }

    @Override
    public String kind() {
        return "copy";
    }

    @Override
    public String text(Schema schema) {
        Column column = schema.column(target);
        Duration later = ((ColumnType.DateTime) column.type()).format().resolution().getDuration().multipliedBy(distance);
        return column.name() + " = " + schema.column(source).name() + (distance == 0 ? "" : " + " + later);
    }

    @Override
    public double tolerance() {
        return 0;
    }

    @Override
    public IntToDoubleFunction results(Cells cells) {
        NumberReader reader = cells.numbers(source);
        double factor = NumberColumn.factor(cells.column(source), cells.column(target));
        return row -> reader.isMissing(row) ? Double.NaN : result(reader.value(row), factor);
    }

    private double result(double ticks, double factor) {
        return ticks(ticks, factor) + distance;
    }

    /** Returns the tick of the target in which a tick of the source lies. */
    static double ticks(double ticks, double factor) {
        return Math.floor(ticks * factor + ROUNDING);
    }
}
