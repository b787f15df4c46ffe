package io.freshet.model.constraint;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.Constraint;
import io.freshet.model.ConstraintException;
import io.freshet.model.marginal.NumberReader;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.Schema;
import io.freshet.table.TableSample;

/** Expresses constraints as columns that are derived from others. */
final class ConstrainedColumns {

    private static final int MAX_DIGITS = 15;

    private final TableSample sample;
    private final Schema schema;

    ConstrainedColumns(TableSample sample) {
        this.sample = sample;
        this.schema = sample.schema();
    }

    /**
     * @return null if every model keeps the constraint anyway
     * @throws ConstraintException if a column does not exist, is not of numbers or dates, or does not fit the others
     */
    @Nullable
    DerivedColumn derived(Constraint constraint) {
        if (constraint instanceof Constraint.Ordered ordered) {
            return ordered(ordered);
        }
        if (constraint instanceof Constraint.Sum sum) {
            return sum(sum);
        }
        if (constraint instanceof Constraint.Positive positive) {
            checkPositive(positive);
            return null;
        }
        return constraint instanceof Constraint.TimeOfDay clock ? timeOfDay(clock) : unique((Constraint.Unique) constraint);
    }

    private DerivedColumn timeOfDay(Constraint.TimeOfDay clock) {
        int index = index(clock.column(), clock);
        Column column = schema.column(index);
        if (!(column.type() instanceof ColumnType.DateTime dateTime) || ClockTimes.ticksPerDay(column) == 1) {
            throw new ConstraintException(clock.text() + " requires dates with a time of day, but " + column.name()
                    + " is of type " + column.type().typeName());
        }
        ColumnType days = new ColumnType.DateTime(DateTimeFormat.of(dateTime.format().pattern(), ChronoUnit.DAYS));
        return new DerivedColumn(index, column, new Column(column.name(), days, column.nullable(), column.path()), clock,
                List.of(), 0, least(index), greatest(index));
    }

    private DerivedColumn ordered(Constraint.Ordered ordered) {
        int lesser = numeric(ordered.lesser(), ordered);
        int greater = numeric(ordered.greater(), ordered);
        Column column = schema.column(greater);
        if (lesser == greater) {
            throw new ConstraintException(ordered.text() + " needs two columns");
        }
        checkAlike(ordered, List.of(schema.column(lesser), column));
        int scale = Math.max(digits(lesser), digits(greater));
        ColumnType difference = column.type() instanceof ColumnType.Floating ? column.type()
                : scale == 0 ? new ColumnType.Whole() : new ColumnType.Decimal(scale);
        Column inner = new Column(column.name(), difference, column.nullable(), column.path());
        return new DerivedColumn(greater, column, inner, ordered, List.of(lesser), scale, least(greater), greatest(greater));
    }

    private DerivedColumn sum(Constraint.Sum sum) {
        int total = numeric(sum.total(), sum);
        List<Integer> addends = sum.addends().stream().map(name -> numeric(name, sum)).toList();
        if (addends.contains(total) || addends.stream().distinct().count() < addends.size()) {
            throw new ConstraintException(sum.text() + " needs different columns");
        }
        List<Column> all = Stream.concat(addends.stream(), Stream.of(total)).map(schema::column).toList();
        checkAlike(sum, all);
        if (all.stream().anyMatch(column -> column.type() instanceof ColumnType.DateTime)) {
            throw new ConstraintException(sum.text() + " adds dates");
        }
        int scale = all.stream().mapToInt(column -> NumberReader.digits(column.type())).max().orElse(0);
        Column column = schema.column(total);
        ColumnType type = column.type() instanceof ColumnType.Floating ? column.type()
                : scale == 0 ? new ColumnType.Whole() : new ColumnType.Decimal(scale);
        boolean nullable = all.stream().anyMatch(Column::nullable);
        double more = NumberReader.power(scale - digits(total));
        return new DerivedColumn(total, new Column(column.name(), type, nullable, column.path()),
                ConstraintPlan.same(new Column(column.name(), type, false, column.path())), sum, addends, scale,
                least(total) * more, greatest(total) * more);
    }

    private @Nullable DerivedColumn unique(Constraint.Unique unique) {
        int index = index(unique.column(), unique);
        Column column = schema.column(index);
        if (column.type() instanceof ColumnType.Identifier) {
            return null;
        }
        if (!NumberReader.isNumeric(column.type()) || column.type() instanceof ColumnType.Floating
                || column.type() instanceof ColumnType.Constant) {
            throw new ConstraintException(unique.text() + " requires integers, decimals, dates or identifiers, but "
                    + column.name() + " is of type " + column.type().typeName());
        }
        NumberReader reader = NumberReader.of(column, sample.rows().vector(index));
        long different = IntStream.range(0, sample.rows().size()).filter(row -> !reader.isMissing(row))
                .mapToLong(row -> reader.scaled(row, digits(index))).distinct().count();
        long all = IntStream.range(0, sample.rows().size()).filter(row -> !reader.isMissing(row)).count();
        if (different < all) {
            throw new ConstraintException(unique.text() + " does not hold: " + (all - different) + " values are repeated");
        }
        return new DerivedColumn(index, column, ConstraintPlan.same(column), unique, List.of(), digits(index), least(index),
                greatest(index));
    }

    private void checkPositive(Constraint.Positive positive) {
        int index = numeric(positive.column(), positive);
        double min = least(index);
        if (schema.column(index).type() instanceof ColumnType.DateTime || min < 0 || positive.strict() && min == 0) {
            throw new ConstraintException(positive.text() + " does not hold: the table has a value "
                    + min / NumberReader.power(digits(index)));
        }
    }

    private static void checkAlike(Constraint constraint, List<Column> columns) {
        long dates = columns.stream().filter(column -> column.type() instanceof ColumnType.DateTime).count();
        long resolutions = columns.stream().map(Column::type).filter(ColumnType.DateTime.class::isInstance)
                .map(type -> ((ColumnType.DateTime) type).format().resolution()).distinct().count();
        if (dates != 0 && dates != columns.size() || resolutions > 1) {
            throw new ConstraintException(
                    constraint.text() + " compares dates with numbers, or dates of different resolutions");
        }
        if (columns.stream().anyMatch(column -> NumberReader.digits(column.type()) > MAX_DIGITS)) {
            throw new ConstraintException(constraint.text() + " requires numbers of at most " + MAX_DIGITS + " digits");
        }
    }

    private int index(String name, Constraint constraint) {
        int index = schema.indexOf(name);
        if (index < 0) {
            throw new ConstraintException(constraint.text() + " refers to an unknown column: " + name + "; expected one of "
                    + String.join(", ", schema.columns().stream().map(Column::name).limit(50).toList()));
        }
        return index;
    }

    private int numeric(String name, Constraint constraint) {
        int index = index(name, constraint);
        if (!NumberReader.isNumeric(schema.column(index).type())) {
            throw new ConstraintException(constraint.text() + " requires numbers or dates, but " + name + " is of type "
                    + schema.column(index).type().typeName());
        }
        return index;
    }

    private int digits(int index) {
        return NumberReader.digits(schema.column(index).type());
    }

    /** Returns the minimum of a column in the representation of a vector. */
    private double least(int index) {
        return extreme(index, false);
    }

    private double greatest(int index) {
        return extreme(index, true);
    }

    private double extreme(int index, boolean max) {
        NumberReader reader = NumberReader.of(schema.column(index), sample.rows().vector(index));
        boolean floating = schema.column(index).type() instanceof ColumnType.Floating;
        java.util.stream.DoubleStream values = IntStream.range(0, sample.rows().size()).filter(row -> !reader.isMissing(row))
                .mapToDouble(row -> floating ? reader.value(row) : reader.scaled(row, digits(index)));
        return (max ? values.max() : values.min()).orElse(0);
    }
}
