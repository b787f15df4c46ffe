package io.freshet.model.declared;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ColumnSummary;
import io.freshet.model.ConditionException;
import io.freshet.model.Conditions;
import io.freshet.model.Operator;
import io.freshet.model.RowGenerator;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.table.Column;
import io.freshet.table.RecordSchema;
import io.freshet.table.Schema;

/**
 * A model that was declared, not fitted. Columns are independent, except for formulas, objects that are missing, and texts of
 * one object, which agree. A condition on a column with a distribution narrows the distribution; for all other columns, rows
 * are drawn until one satisfies it.
 */
public final class DeclaredModel implements SynthesisModel {

    private final ObjectNode declaration;
    private final Schema schema;
    private final List<DeclaredColumn> columns;

    private DeclaredModel(ObjectNode declaration, List<DeclaredColumn> columns, Optional<RecordSchema> records) {
        this.declaration = declaration;
        this.columns = List.copyOf(columns);
        this.schema = new Schema(columns.stream().filter(column -> !column.hidden()).map(DeclaredColumn::column).toList(),
                records);
    }

    /**
     * Creates a model.
     *
     * @param declaration an object with {@code columns}
     * @param records the schema that was imported; empty if there was none
     * @throws DeclarationException if it is not valid; the message names the field
     */
    public static DeclaredModel of(JsonNode declaration, Optional<RecordSchema> records) {
        return new DeclaredModel(declaration.deepCopy(), DeclarationParser.parse(declaration), records);
    }

    /** Returns the declaration, a copy. */
    public ObjectNode declaration() {
        return declaration.deepCopy();
    }

    /** Returns a description of the columns, for people. */
    public List<ColumnSummary> summaries() {
        return new DeclaredSummary(columns).columns();
    }

    @Override
    public SynthesisMethod method() {
        return SynthesisMethod.DECLARED;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public long fittedRows() {
        return 0;
    }

    List<DeclaredColumn> columns() {
        return columns;
    }

    @Override
    public RowGenerator generator(long seed, Conditions conditions) {
        ConditionedColumns conditioned = conditioned(conditions);
        DeclaredGenerator generator = new DeclaredGenerator(this, conditioned, seed);
        if (!conditioned.tests().isEmpty()) {
            generator.checkPossible();
        }
        return generator;
    }

    @Override
    public double probability(Conditions conditions) {
        ConditionedColumns conditioned = conditioned(conditions);
        return conditioned.probability()
                * (conditioned.tests().isEmpty() ? 1 : new DeclaredGenerator(this, conditioned, 0).acceptance());
    }

    private ConditionedColumns conditioned(Conditions conditions) {
        Map<Integer, Value> values = new HashMap<>();
        List<ConditionedColumns.Test> tests = new ArrayList<>();
        double probability = 1;
        for (ColumnCondition condition : conditions.conditions()) {
            int index = indexOf(condition.column());
            DeclaredColumn column = columns.get(index);
            Value value = values.getOrDefault(index, column.value());
            Optional<Law.Restricted> restricted = restricted(column, value, condition);
            if (restricted.isPresent()) {
                values.put(index, new Value(restricted.get().law(), condition.operator() == Operator.IS_NULL
                        && Boolean.TRUE.equals(condition.operands().get(0)) ? 1 : 0));
                probability *= restricted.get().probability();
                probability *= requireObjects(column, values);
            } else {
                tests.add(new ConditionedColumns.Test(index, condition));
            }
        }
        return new ConditionedColumns(values, tests, probability);
    }

    /** A value needs the objects around it. */
    private double requireObjects(DeclaredColumn column, Map<Integer, Value> values) {
        double probability = 1;
        for (int c = 0; c < columns.size(); c++) {
            DeclaredColumn object = columns.get(c);
            Value value = values.getOrDefault(c, object.value());
            if (object.holds(column) && value.nulls() > 0) {
                if (value.nulls() == 1) {
                    throw new ConditionException(column.name(), column.name() + " never has a value, because "
                            + object.name() + " is missing");
                }
                probability *= 1 - value.nulls();
                values.put(c, new Value(value.law(), 0));
            }
        }
        return probability;
    }

    private static Optional<Law.Restricted> restricted(DeclaredColumn column, Value value, ColumnCondition condition) {
        boolean missing = condition.operator() == Operator.IS_NULL && Boolean.TRUE.equals(condition.operands().get(0));
        if (column.isComputed() || missing && column.path().size() > 1) {
            return Optional.empty();
        }
        double share = missing ? value.nulls() : 1 - value.nulls();
        if (share == 0) {
            throw new ConditionException(condition.column(),
                    condition.column() + (missing ? " always has a value" : " never has a value"));
        }
        if (condition.operator() == Operator.IS_NULL) {
            return Optional.of(new Law.Restricted(value.law(), share));
        }
        return value.law().given(condition).map(law -> new Law.Restricted(law.law(), law.probability() * share));
    }

    private int indexOf(String name) {
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).name().equals(name) && !columns.get(c).hidden()) {
                return c;
            }
        }
        throw new ConditionException(name, "unknown column " + name + "; expected one of "
                + String.join(", ", schema.columns().stream().map(Column::name).toList()));
    }
}
