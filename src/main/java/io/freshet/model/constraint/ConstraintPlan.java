package io.freshet.model.constraint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.freshet.model.Constraint;
import io.freshet.model.ConstraintException;
import io.freshet.model.FitOptions;
import io.freshet.model.marginal.NumberReader;
import io.freshet.model.relation.RelationFinder;
import io.freshet.model.relation.RelationPlan;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TableSample;
import io.freshet.table.TextDictionary;
import io.freshet.table.TextVector;

/**
 * The effect of constraints on a table: which columns are derived from others, in which order, and what is left of them to
 * learn.
 */
public final class ConstraintPlan {

    private static final String SAME = "";

    private final Schema schema;
    private final List<Constraint> constraints;
    /** No column precedes one from which it is derived. */
    private final List<DerivedColumn> derived;
    private final RelationPlan relations;
    /** All columns that follow from others, none before one it follows from. */
    private final List<Integer> order;

    private ConstraintPlan(Schema schema, List<Constraint> constraints, List<DerivedColumn> derived, RelationPlan relations) {
        this.schema = schema;
        this.constraints = List.copyOf(constraints);
        this.derived = List.copyOf(derived);
        this.relations = relations;
        this.order = inOrder();
    }

    /** @param derived what {@link #derived} said of the same constraints */
    public static ConstraintPlan of(Schema schema, List<Constraint> constraints, List<DerivedColumn> derived,
            RelationPlan relations) {
        return new ConstraintPlan(schema, constraints, derived, relations);
    }

    /**
     * @throws ConstraintException if a constraint does not refer to columns of numbers or dates, two constraints derive the
     *         same column, or the rows violate one
     */
    public static ConstraintPlan of(TableSample sample, FitOptions options) {
        List<Constraint> constraints = new ArrayList<>(options.constraints());
        options.relations().declaredConstraints().map(Constraint::parse).forEach(constraints::add);
        Map<Integer, DerivedColumn> derived = new HashMap<>();
        for (Constraint constraint : constraints) {
            DerivedColumn column = new ConstrainedColumns(sample).derived(constraint);
            if (column != null && derived.put(column.index(), column) != null) {
                throw new ConstraintException(
                        constraint.text() + " and another constraint both determine " + column.column().name()
                                + " is");
            }
        }
        List<Constraint> all = new ArrayList<>(constraints);
        RelationPlan relations = relations(sample, derived.values(), options);
        Set<Integer> bound = new HashSet<>(derived.keySet());
        relations.relations().forEach(found -> bound.add(found.relation().target()));
        for (Constraint clock : new ClockSearch(sample).find(bound)) {
            DerivedColumn column = new ConstrainedColumns(sample).derived(clock);
            derived.put(java.util.Objects.requireNonNull(column).index(), column);
            all.add(clock);
        }
        Schema schema = outer(sample.schema(), derived.values().stream().toList());
        ConstraintPlan plan = new ConstraintPlan(schema, all, List.copyOf(derived.values()), relations);
        plan.derived.forEach(column -> plan.check(column, sample.rows()));
        return plan;
    }

    private static Schema outer(Schema schema, List<DerivedColumn> derived) {
        List<Column> columns = new ArrayList<>(schema.columns());
        derived.forEach(column -> columns.set(column.index(), column.column()));
        return new Schema(columns);
    }

    /** Relations that the rows show, between columns that declared constraints leave free. */
    private static RelationPlan relations(TableSample sample, Collection<DerivedColumn> declared, FitOptions options) {
        Map<Integer, List<Integer>> known = new HashMap<>();
        declared.forEach(column -> known.put(column.index(), column.sources()));
        return RelationFinder.find(sample, known, options.relations(),
                options.target().map(sample.schema()::indexOf).orElse(-1));
    }

    private List<Integer> inOrder() {
        List<Integer> order = new ArrayList<>();
        Set<Integer> left = new TreeSet<>();
        derived.forEach(column -> left.add(column.index()));
        relations.relations().forEach(found -> left.add(found.relation().target()));
        while (!left.isEmpty()) {
            List<Integer> ready = left.stream().filter(column -> sources(column).stream().noneMatch(left::contains)).toList();
            if (ready.isEmpty()) {
                throw new ConstraintException(
                        derived.get(0).constraint().text() + " and other constraints go round in a circle");
            }
            order.addAll(ready);
            ready.forEach(left::remove);
        }
        return List.copyOf(order);
    }

    private List<Integer> sources(int column) {
        List<Integer> sources = new ArrayList<>(relations.sources(column));
        constrained(column).ifPresent(declared -> sources.addAll(declared.sources()));
        return sources;
    }

    /** By code, how many of all rows have it; at least one has a value that is always the same. */
    private static List<Long> counts(CodedVector vector, int rows, double weight) {
        long[] counts = new long[vector.dictionary().size() + 1];
        for (int row = 0; row < rows; row++) {
            counts[vector.codes()[row]]++;
        }
        List<Long> weighted = new ArrayList<>();
        for (int code = 0; code < counts.length - 1; code++) {
            weighted.add(counts.length == 2 ? Math.max(1, counts[0]) : Math.round(counts[code] * weight));
        }
        return weighted;
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
            throw new ConstraintException(column.constraint().text() + " does not hold in all rows, for example in row "
                    + (row + 1) + " of the retained ones");
        }
    }

    private static boolean isAlwaysKept(DerivedColumn column) {
        return column.constraint() instanceof Constraint.Unique || column.constraint() instanceof Constraint.TimeOfDay;
    }

    public Schema schema() {
        return schema;
    }

    public List<Constraint> constraints() {
        return constraints;
    }

    public List<DerivedColumn> derived() {
        return derived;
    }

    public RelationPlan relations() {
        return relations;
    }

    /** The numbers of all columns that follow from others, none before one it follows from. */
    List<Integer> order() {
        return order;
    }

    public boolean isEmpty() {
        return constraints.isEmpty() && relations.relations().isEmpty();
    }

    /** Returns how the column of this number follows from others by a constraint; empty if by a relation, or not at all. */
    public Optional<DerivedColumn> constrained(int column) {
        return derived.stream().filter(other -> other.index() == column).findAny();
    }

    /** Returns the column that a model draws in place of one: itself, or the first of those that it follows from. */
    public int drawn(int column) {
        int drawn = column;
        while (relations.isComplete(drawn) || constrained(drawn).isPresent() && !sources(drawn).isEmpty()) {
            drawn = sources(drawn).get(0);
        }
        return drawn;
    }

    /** Returns whether the column of this number follows from others by a constraint or by a relation. */
    public boolean isDerived(int column) {
        return order.contains(column);
    }

    /** Returns the table that the inner model learns. */
    public TableSample reduced(TableSample sample) {
        RowBatch rows = reduced(sample.rows());
        List<Long> missing = new ArrayList<>(sample.missing());
        List<List<Long>> counts = new ArrayList<>(sample.valueCounts());
        double weight = (double) sample.totalRows() / Math.max(1, rows.size());
        Set<Integer> changed = new TreeSet<>(order);
        changed.addAll(relations.changed());
        for (int index : changed) {
            ColumnVector vector = rows.vector(index);
            long none = IntStream.range(0, rows.size()).filter(vector::isMissing).count();
            missing.set(index, Math.round(none * weight));
            counts.set(index, vector instanceof CodedVector coded ? counts(coded, rows.size(), weight) : List.of());
        }
        while (missing.size() < rows.schema().size()) {
            missing.add(0L);
            counts.add(List.of());
        }
        return new TableSample(rows, sample.totalRows(), missing, counts, sample.notices());
    }

    /** The same with other relations between the same columns. */
    public ConstraintPlan with(RelationPlan others) {
        return new ConstraintPlan(schema, constraints, derived, others);
    }

    /** The same with the bounds of these rows beside those that are known. */
    public ConstraintPlan widened(RowBatch rows) {
        return new ConstraintPlan(schema, constraints,
                derived.stream().map(column -> column.widened(reader(rows, column(rows, column.index())), rows.size()))
                        .toList(),
                relations);
    }

    private static Object numberOf(ColumnVector vector, int row) {
        return vector instanceof NumberVector numbers ? numbers.values()[row]
                : vector instanceof FloatingVector doubles ? (Object) doubles.values()[row]
                        : ((CodedVector) vector).codes()[row];
    }

    private void checkUnique(Constraint.Unique unique, RowBatch rows) {
        ColumnVector vector = rows.vector(column(rows, schema.indexOf(unique.column())));
        Set<Object> different = new HashSet<>();
        long again = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (!vector.isMissing(row)) {
                Object value = vector instanceof TextVector texts ? texts.text(row) : numberOf(vector, row);
                again += different.add(value) ? 0 : 1;
            }
        }
        if (again > 0) {
            throw new ConstraintException(unique.text() + " does not hold: " + again + " values are repeated");
        }
    }

    /**
     * @param rows with the columns of the table, in any order
     * @throws ConstraintException if they violate a constraint
     */
    public RowBatch reduced(RowBatch rows) {
        for (Constraint constraint : constraints) {
            if (constraint instanceof Constraint.Unique unique) {
                checkUnique(unique, rows);
            }
        }
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
        for (int index : relations.changed()) {
            int own = column(rows, index);
            columns.set(own, relations.inner(index, columns.get(own)));
            vectors.set(own, relations.reduced(index, rows));
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
