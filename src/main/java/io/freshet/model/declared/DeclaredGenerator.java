package io.freshet.model.declared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ConditionException;
import io.freshet.model.Operator;
import io.freshet.model.RowGenerator;
import io.freshet.table.ColumnVector;
import io.freshet.table.NestedFields;
import io.freshet.table.RowBatch;

/** Draws the rows of a {@link DeclaredModel}, one by one. */
final class DeclaredGenerator implements RowGenerator {

    /** The number of rows that are drawn before conditions count as impossible. */
    private static final int MAX_PROBES = 20_000;
    /** Far beyond what a condition that a probe has met needs. */
    private static final int MAX_ATTEMPTS = 1 << 20;

    private final DeclaredModel model;
    private final List<DeclaredColumn> columns;
    private final ConditionedColumns conditions;
    private final RowContext context;
    private final int[] order;
    private final int[] objects;
    private final int[][] holders;
    private final List<VectorWriter> writers;
    private final boolean readsFields;
    private final @Nullable Object[] drawn;

    DeclaredGenerator(DeclaredModel model, ConditionedColumns conditions, long seed) {
        this.model = model;
        this.columns = model.columns();
        this.conditions = conditions;
        this.context = new RowContext(seed, !conditions.tests().isEmpty());
        this.drawn = new Object[columns.size()];
        this.order = ComputedOrder.of(columns);
        this.objects = columns.stream()
                .mapToInt(column -> column.path().subList(0, column.path().size() - 1).hashCode() & 0xffff).toArray();
        this.holders = columns.stream().map(column -> IntStream.range(0, columns.size())
                .filter(other -> columns.get(other).holds(column)).toArray()).toArray(int[][]::new);
        this.readsFields = columns.stream().anyMatch(DeclaredColumn::isComputed);
        this.writers = columns.stream().map(column -> VectorWriter.of(column.value().law())).toList();
    }

    @Override
    public RowBatch newBatch(int capacity) {
        List<ColumnVector> vectors = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            if (!columns.get(c).hidden()) {
                vectors.add(writers.get(c).create(capacity));
            }
        }
        return RowBatch.wrap(model.schema(), vectors);
    }

    @Override
    public void fill(RowBatch batch, long firstRow, int rows) {
        batch.hold(firstRow, rows);
        for (int i = 0; i < rows; i++) {
            draw(firstRow + i);
            int vector = 0;
            for (int c = 0; c < drawn.length; c++) {
                if (!columns.get(c).hidden()) {
                    writers.get(c).write(batch.vector(vector++), i, drawn[c]);
                }
            }
        }
    }

    private void draw(long row) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            draw(row, attempt);
            if (passes()) {
                return;
            }
        }
        throw impossible();
    }

    /**
     * Draws rows until one satisfies the conditions.
     *
     * @throws ConditionException if none of many does
     */
    void checkPossible() {
        for (int row = 0; row < MAX_PROBES; row++) {
            draw(row, 0);
            if (passes()) {
                return;
            }
        }
        throw impossible();
    }

    /**
     * Returns the share of rows that pass the tests, estimated from drawn rows.
     *
     * @throws ConditionException if none of them does
     */
    double acceptance() {
        int passed = 0;
        for (int row = 0; row < MAX_PROBES; row++) {
            draw(row, 0);
            passed += passes() ? 1 : 0;
        }
        if (passed == 0) {
            throw impossible();
        }
        return passed / (double) MAX_PROBES;
    }

    private ConditionException impossible() {
        String column = conditions.tests().get(0).condition().column();
        return new ConditionException(column, column + " satisfies the conditions in none of "
                + String.format(Locale.ROOT, "%,d", MAX_PROBES) + " rows");
    }

    private boolean passes() {
        for (ConditionedColumns.Test test : conditions.tests()) {
            Object value = isMissing(test.column()) ? null : drawn[test.column()];
            boolean wantsMissing = test.condition().operator() == Operator.IS_NULL
                    && Boolean.TRUE.equals(test.condition().operands().get(0));
            boolean holds = value == null ? wantsMissing
                    : Comparisons.satisfies(columns.get(test.column()).value().law().json(value), test.condition());
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a value, or an object around it, is missing. */
    private boolean isMissing(int column) {
        boolean missing = drawn[column] == null;
        for (int holder : holders[column]) {
            missing |= drawn[holder] == null;
        }
        return missing;
    }

    private void draw(long row, int attempt) {
        context.start(row, attempt);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int c : order) {
            DeclaredColumn column = columns.get(c);
            Value value = conditions.values().getOrDefault(c, column.value());
            context.column(c, objects[c]);
            if (column.isComputed()) {
                context.read(scope(fields, column));
            }
            drawn[c] = column.nullIf() != null && FormulaLaw.holds(column.nullIf(), context.fields()) ? null
                    : value.draw(context);
            if (readsFields) {
                put(fields, column, drawn[c] == null ? null : value.law().json(drawn[c]));
            }
        }
        for (int c : order) {
            drawn[c] = isMissing(c) ? null : drawn[c];
        }
    }

    /** Returns the fields that a formula sees: those of the row and, before them, those of its own object. */
    private static Map<String, @Nullable Object> scope(Map<String, @Nullable Object> fields, DeclaredColumn column) {
        Map<String, @Nullable Object> scope = fields;
        for (String step : column.path().subList(0, column.path().size() - 1)) {
            if (scope.get(step) instanceof Map<?, ?> inner) {
                Map<String, @Nullable Object> merged = new LinkedHashMap<>(scope);
                inner.forEach((name, value) -> merged.put(String.valueOf(name), value));
                scope = merged;
            }
        }
        return scope;
    }

    private static void put(Map<String, @Nullable Object> fields, DeclaredColumn column, @Nullable Object value) {
        boolean isObject = value != null && ObjectPresence.isObject(column);
        NestedFields.put(fields, column.path(), isObject ? new LinkedHashMap<>() : value);
    }
}
