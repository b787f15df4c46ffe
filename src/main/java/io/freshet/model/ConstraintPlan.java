package io.freshet.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;

/** What constraints make of a table: which columns follow from others, in which order, and what is left of them to learn. */
final class ConstraintPlan {

    private static final String SAME = "";

    private final Schema schema;
    private final List<Constraint> constraints;
    /** None before a column it follows from. */
    private final List<DerivedColumn> derived;

    private ConstraintPlan(Schema schema, List<Constraint> constraints, List<DerivedColumn> derived) {
        this.schema = schema;
        this.constraints = List.copyOf(constraints);
        this.derived = inOrder(derived);
    }

    /** @param derived what {@link #derived} said of the same constraints */
    static ConstraintPlan of(Schema schema, List<Constraint> constraints, List<DerivedColumn> derived) {
        return new ConstraintPlan(schema, constraints, derived);
    }

    /**
     * @throws ConstraintException if a constraint names no column of numbers or dates, two give the same column, or the rows
     *         break one
     */
    static ConstraintPlan of(TableSample sample, List<Constraint> constraints) {
        Map<Integer, DerivedColumn> derived = new HashMap<>();
        for (Constraint constraint : constraints) {
            DerivedColumn column = new ConstrainedColumns(sample).derived(constraint);
            if (column != null && derived.put(column.index(), column) != null) {
                throw new ConstraintException(
                        constraint.text() + " and another constraint both say what " + column.column().name()
                                + " is");
            }
        }
        List<Constraint> all = new ArrayList<>(constraints);
        for (Constraint clock : new ClockSearch(sample).find(derived.keySet())) {
            DerivedColumn column = new ConstrainedColumns(sample).derived(clock);
            derived.put(java.util.Objects.requireNonNull(column).index(), column);
            all.add(clock);
        }
        Schema schema = outer(sample.schema(), derived.values().stream().toList());
        ConstraintPlan plan = new ConstraintPlan(schema, all, List.copyOf(derived.values()));
        plan.derived.forEach(column -> plan.check(column, sample.rows()));
        return plan;
    }

    private static Schema outer(Schema schema, List<DerivedColumn> derived) {
        List<Column> columns = new ArrayList<>(schema.columns());
        derived.forEach(column -> columns.set(column.index(), column.column()));
        return new Schema(columns);
    }

    private static List<DerivedColumn> inOrder(List<DerivedColumn> derived) {
        List<DerivedColumn> order = new ArrayList<>();
        List<DerivedColumn> left = new ArrayList<>(derived);
        while (!left.isEmpty()) {
            List<Integer> open = left.stream().map(DerivedColumn::index).toList();
            List<DerivedColumn> ready = left.stream().filter(column -> column.sources().stream().noneMatch(open::contains))
                    .toList();
            if (ready.isEmpty()) {
                throw new ConstraintException(left.get(0).constraint().text() + " and other constraints go round in a circle");
            }
            order.addAll(ready);
            left.removeAll(ready);
        }
        return order;
    }

    private void check(DerivedColumn column, RowBatch rows) {
        if (isAlwaysKept(column)) {
            return;
        }
        List<NumberReader> from = column.sources().stream()
                .map(source -> NumberReader.of(rows.schema().column(source), rows.vector(source))).toList();
        int row = column.violation(NumberReader.of(rows.schema().column(column.index()), rows.vector(column.index())), from,
                rows.size());
        if (row >= 0) {
            throw new ConstraintException(column.constraint().text() + " does not hold in all rows, for instance in row "
                    + (row + 1) + " of those that were kept");
        }
    }

    private static boolean isAlwaysKept(DerivedColumn column) {
        return column.constraint() instanceof Constraint.Unique || column.constraint() instanceof Constraint.TimeOfDay;
    }

    Schema schema() {
        return schema;
    }

    List<Constraint> constraints() {
        return constraints;
    }

    List<DerivedColumn> derived() {
        return derived;
    }

    /** The column of this number, where it follows from others. */
    Optional<DerivedColumn> derived(int column) {
        return derived.stream().filter(other -> other.index() == column).findAny();
    }

    boolean isDerived(int column) {
        return derived(column).isPresent();
    }

    /** The table that the inner model learns. */
    TableSample reduced(TableSample sample) {
        RowBatch rows = reduced(sample.rows());
        List<Long> missing = new ArrayList<>(sample.missing());
        List<List<Long>> counts = new ArrayList<>(sample.valueCounts());
        for (DerivedColumn column : derived) {
            ColumnVector vector = rows.vector(column.index());
            long none = IntStream.range(0, rows.size()).filter(vector::isMissing).count();
            boolean same = vector instanceof CodedVector;
            missing.set(column.index(), Math.round((double) none * sample.totalRows() / Math.max(1, rows.size())));
            counts.set(column.index(), same ? List.of(Math.max(1, rows.size() - none)) : List.of());
        }
        while (missing.size() < rows.schema().size()) {
            missing.add(0L);
            counts.add(List.of());
        }
        return new TableSample(rows, sample.totalRows(), missing, counts);
    }

    /**
     * @param rows with the columns of the table, in any order
     * @throws ConstraintException if they break a constraint
     */
    RowBatch reduced(RowBatch rows) {
        List<Column> columns = new ArrayList<>(rows.schema().columns());
        List<ColumnVector> vectors = new ArrayList<>();
        IntStream.range(0, columns.size()).forEach(c -> vectors.add(rows.vector(c)));
        for (DerivedColumn column : derived) {
            int own = column(rows, column.index());
            List<NumberReader> from = column.sources().stream().map(source -> reader(rows, column(rows, source))).toList();
            NumberReader reader = reader(rows, own);
            int broken = isAlwaysKept(column) ? -1 : column.violation(reader, from, rows.size());
            if (broken >= 0) {
                throw new ConstraintException(column.constraint().text() + " does not hold in row " + (broken + 1));
            }
            columns.set(own, column.inner());
            if (column.constraint() instanceof Constraint.TimeOfDay) {
                ClockTimes clock = ClockTimes.of(column, schema);
                vectors.set(own, clock.daysOf(reader, rows.size()));
                columns.add(clock.times());
                vectors.add(clock.timesOf(reader, rows.size()));
            } else {
                vectors.set(own, column.reduced(reader, from, rows.size()));
            }
        }
        RowBatch reduced = RowBatch.wrap(new Schema(columns), vectors);
        reduced.hold(rows.firstRow(), rows.size());
        return reduced;
    }

    private static NumberReader reader(RowBatch rows, int index) {
        Column column = rows.schema().column(index);
        if (!NumberReader.isNumeric(column.type())) {
            throw new ConstraintException("column " + column.name() + " has no numbers");
        }
        return NumberReader.of(column, rows.vector(index));
    }

    private int column(RowBatch rows, int index) {
        int found = rows.schema().indexOf(schema.column(index).name());
        if (found < 0) {
            throw new ConstraintException("the rows have no column " + schema.column(index).name());
        }
        return found;
    }

    static ColumnVector sameOrMissing(int rows, IntPredicate missing) {
        CodedVector vector = CodedVector.create(rows, TextDictionary.of(List.of(SAME)));
        IntStream.range(0, rows).filter(missing).forEach(vector::setMissing);
        return vector;
    }

    static Column same(Column column) {
        return new Column(column.name(), new ColumnType.Constant(SAME, "null"), column.nullable(), column.path());
    }
}
