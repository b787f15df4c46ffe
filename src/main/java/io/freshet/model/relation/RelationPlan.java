package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.freshet.model.marginal.NumberReader;
import io.freshet.stats.Philox;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TextDictionary;

/**
 * The relations of a model, and what they leave to learn of their target columns. Each target is decided by one complete
 * relation or by a chain of partial ones, the innermost first. Immutable.
 */
public record RelationPlan(List<FoundRelation> relations) {

    public static final RelationPlan NONE = new RelationPlan(List.of());

    private static final RowStep NOTHING = row -> {
    };

    /** Separates the random exceptions of a relation from all other draws of a row. */
    private static final int TAG = 0x7e1a;

    public RelationPlan {
        relations = List.copyOf(relations);
    }

    /** Returns the relations that decide a column, the innermost first. */
    public List<FoundRelation> of(int target) {
        return relations.stream().filter(found -> found.relation().target() == target).toList();
    }

    public boolean decides(int target) {
        return relations.stream().anyMatch(found -> found.relation().target() == target);
    }

    /** Returns whether a model has nothing to learn about a column, except possibly its missing values. */
    public boolean isComplete(int target) {
        return of(target).stream().anyMatch(FoundRelation::isComplete);
    }

    /** Returns the columns from which a column follows. */
    public List<Integer> sources(int target) {
        return of(target).stream().map(found -> found.relation().sources()).flatMap(Collection::stream).distinct().toList();
    }

    /**
     * Returns the columns for which a model learns something other than their values: targets of relations, and columns with
     * names that are too rare.
     */
    public Set<Integer> changed() {
        Set<Integer> changed = new TreeSet<>();
        for (FoundRelation found : relations) {
            changed.add(found.relation().target());
            keys(found.relation()).filter(Keys.Names.class::isInstance).map(Keys::column).forEach(changed::add);
        }
        return changed;
    }

    private static Stream<Keys> keys(Relation relation) {
        return relation instanceof Lookup lookup ? lookup.keys().stream()
                : relation instanceof Cases cases ? Stream.of(cases.key())
                        : relation instanceof Gate gate ? Stream.of(gate.key())
                                : relation instanceof Level level ? Stream.of(level.key()) : Stream.of();
    }

    /** Marks rows whose name is unknown to the relations, because such names are too rare to be drawn. */
    private void markUnknown(int column, Cells cells, boolean[] free) {
        relations.stream().flatMap(found -> keys(found.relation())).filter(Keys.Names.class::isInstance)
                .filter(key -> key.column() == column).distinct().map(key -> key.reader(cells)).forEach(reader -> {
                    for (int row = 0; row < free.length; row++) {
                        free[row] |= reader.applyAsInt(row) < 0;
                    }
                });
    }

    /** Returns the relations that these rows break more often than the rows of the table did. */
    public List<FoundRelation> brokenBy(RowBatch rows) {
        Cells cells = new Cells(rows);
        return relations.stream().filter(found -> {
            IntPredicate broken = found.relation().broken(cells);
            long count = IntStream.range(0, rows.size()).filter(broken).count();
            return count * TableColumns.NEAR > rows.size() + TableColumns.NEAR * 2L * found.broken();
        }).toList();
    }

    /** Returns the relations with the names and bounds that new rows add. */
    public RelationPlan widened(RowBatch rows) {
        Cells cells = new Cells(rows);
        return new RelationPlan(
                relations.stream().map(found -> found.with(RelationUpdate.of(found.relation(), cells))).toList());
    }

    /** Returns the column that a model learns in place of a decided one. */
    public Column inner(int target, Column column) {
        Column inner = column;
        List<FoundRelation> chain = of(target);
        for (int i = chain.size() - 1; i >= 0; i--) {
            FoundRelation found = chain.get(i);
            inner = found.relation() instanceof PartialRelation || found.isComplete() ? found.relation().inner(inner) : inner;
            inner = found.isComplete() && found.gaps() == FoundRelation.Gaps.TARGET ? nullable(inner) : inner;
        }
        return inner;
    }

    private static Column nullable(Column column) {
        return new Column(column.name(), column.type(), true, column.path());
    }

    /** Returns an empty vector for a decided column. */
    public ColumnVector newVector(int target, Column column, ColumnVector drawn, int capacity) {
        for (FoundRelation found : of(target)) {
            if (found.relation() instanceof CompleteRelation complete && found.isComplete()) {
                return complete.newVector(column, capacity);
            }
        }
        if (NumberReader.isNumeric(column.type())) {
            return column.type() instanceof ColumnType.Floating ? FloatingVector.create(capacity)
                    : NumberVector.create(capacity);
        }
        return CodedVector.create(capacity, ((CodedVector) drawn).dictionary());
    }

    /**
     * Returns the steps that turn what a model drew into the values of a column.
     *
     * @param rows the batch that receives the values
     * @param inner the column that the model drew
     * @param drawn what the model drew
     * @param seed decides which rows are exceptions, for relations that have exceptions
     */
    public List<RowStep> derivation(int target, RowBatch rows, Column inner, ColumnVector drawn, long seed) {
        List<RowStep> steps = new ArrayList<>();
        Cells cells = new Cells(rows);
        RowStep copy = isComplete(target) ? NOTHING : copy(inner, drawn, cells.column(target), cells.vector(target));
        if (!isComplete(target)) {
            steps.add(copy);
        }
        for (FoundRelation found : of(target)) {
            RowStep step = found.relation().derivation(cells, cells.vector(target));
            if (found.relation() instanceof CompleteRelation) {
                step = withGaps(step, found.gaps(), cells.vector(target), drawn, copy);
                step = found.broken() > 0 ? withExceptions(step, rows, found.rate(), seed + target) : step;
            }
            steps.add(step);
        }
        return steps;
    }

    private static RowStep withGaps(RowStep step, FoundRelation.Gaps gaps, ColumnVector own, ColumnVector drawn,
            RowStep copy) {
        return switch (gaps) {
            case NONE -> step;
            case TARGET -> row -> {
                if (drawn.isMissing(row)) {
                    own.setMissing(row);
                } else {
                    step.apply(row);
                }
            };
            case BOTH -> row -> {
                if (!drawn.isMissing(row)) {
                    step.apply(row);
                    if (own.isMissing(row)) {
                        copy.apply(row);
                    }
                }
            };
        };
    }

    /** Applies a step to a share of the rows, and leaves the others as they were drawn: the exceptions of the table. */
    private static RowStep withExceptions(RowStep step, RowBatch rows, double holdingRate, long seed) {
        return row -> {
            if (Philox.uniform(Philox.word(rows.firstRow() + row, 0, TAG, seed)) < holdingRate) {
                step.apply(row);
            }
        };
    }

    private static RowStep copy(Column inner, ColumnVector drawn, Column column, ColumnVector out) {
        if (drawn instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary
                && out instanceof CodedVector own) {
            return row -> own.codes()[row] = coded.codes()[row];
        }
        NumberReader reader = NumberReader.of(inner, drawn);
        int digits = NumberReader.digits(column.type());
        if (out instanceof FloatingVector doubles) {
            return row -> doubles.values()[row] = reader.isMissing(row) ? Double.NaN : reader.value(row);
        }
        long[] values = ((NumberVector) out).values();
        return new RowStep() {

            @Override
            public void apply(int row) {
                values[row] = reader.isMissing(row) ? NumberVector.MISSING : reader.scaled(row, digits);
            }

            @Override
            public void applyAll(int rows) {
                reader.scaled(rows, digits, values);
            }
        };
    }

    /**
     * Returns what a model must learn of a decided column.
     *
     * @param rows the rows, with the columns that users see
     */
    public ColumnVector reduced(int target, RowBatch rows) {
        int size = rows.size();
        if (isComplete(target)) {
            CodedVector same = CodedVector.create(size, TextDictionary.of(List.of("")));
            boolean gaps = of(target).get(0).gaps() == FoundRelation.Gaps.TARGET;
            IntStream.range(0, size).filter(row -> gaps && rows.vector(target).isMissing(row)).forEach(same::setMissing);
            return same;
        }
        Cells cells = new Cells(rows);
        ColumnVector own = copied(cells.column(target), cells.vector(target), size);
        boolean[] free = new boolean[size];
        List<FoundRelation> chain = of(target);
        for (int i = chain.size() - 1; i >= 0; i--) {
            if (chain.get(i).relation() instanceof PartialRelation partial) {
                RowStep step = partial.reduction(cells, own, free);
                for (int row = 0; row < size; row++) {
                    step.apply(row);
                }
            }
        }
        markUnknown(target, cells, free);
        fill(own, free);
        return own;
    }

    private static ColumnVector copied(Column column, ColumnVector vector, int rows) {
        if (vector instanceof CodedVector coded && coded.dictionary() instanceof TextDictionary) {
            return CodedVector.wrap(Arrays.copyOf(coded.codes(), rows), coded.dictionary());
        }
        if (vector instanceof FloatingVector doubles) {
            return FloatingVector.wrap(Arrays.copyOf(doubles.values(), rows));
        }
        NumberVector copy = NumberVector.create(rows);
        RowStep step = copy(column, vector, column, copy);
        for (int row = 0; row < rows; row++) {
            step.apply(row);
        }
        return copy;
    }

    /** Fills rows without information with the previous row that has some, so that they do not change any distribution. */
    private static void fill(ColumnVector own, boolean[] free) {
        int from = 0;
        while (from < free.length && free[from]) {
            from++;
        }
        if (from == free.length) {
            return;
        }
        int last = from;
        for (int row = 0; row < free.length; row++) {
            if (free[row]) {
                copyRow(own, last, row);
            } else {
                last = row;
            }
        }
    }

    private static void copyRow(ColumnVector vector, int from, int to) {
        if (vector instanceof CodedVector coded) {
            coded.codes()[to] = coded.codes()[from];
        } else if (vector instanceof NumberVector numbers) {
            numbers.values()[to] = numbers.values()[from];
        } else {
            double[] values = ((FloatingVector) vector).values();
            values[to] = values[from];
        }
    }
}
