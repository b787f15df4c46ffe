package io.freshet.model.declared;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.table.ColumnType;
import io.freshet.table.TextDictionary;

/** One of a few values, each with its weight. */
final class ChoiceLaw implements Law {

    private final ColumnType type;
    private final List<JsonNode> values;
    private final TextDictionary texts;
    private final double[] weights;
    private final double[] bounds;
    /** Whether each row has the next value, in order. */
    private final boolean inTurn;

    private ChoiceLaw(ColumnType type, List<JsonNode> values, double[] weights, boolean inTurn) {
        this.type = type;
        this.values = List.copyOf(values);
        this.texts = TextDictionary.of(values.stream().map(JsonNode::asText).toList());
        this.weights = weights;
        this.inTurn = inTurn;
        this.bounds = weights.clone();
        for (int i = 1; i < bounds.length; i++) {
            bounds[i] += bounds[i - 1];
        }
    }

    /**
     * @param values scalars; all texts, or all numbers and booleans, or a single one
     * @param weights not negative, with a positive sum
     */
    static ChoiceLaw of(List<JsonNode> values, double[] weights, boolean inTurn) {
        boolean texts = values.stream().allMatch(JsonNode::isTextual);
        ColumnType type = values.size() == 1 ? new ColumnType.Constant(values.get(0).asText(), values.get(0).toString())
                : new ColumnType.Categorical(!texts);
        return new ChoiceLaw(type, values, weights, inTurn);
    }

    static ChoiceLaw truth(double share) {
        return new ChoiceLaw(new ColumnType.Bool("false", "true"),
                List.of(BooleanNode.FALSE, BooleanNode.TRUE), new double[] { 1 - share, share }, false);
    }

    TextDictionary dictionary() {
        return texts;
    }

    double[] weights() {
        return weights.clone();
    }

    @Override
    public ColumnType type() {
        return type;
    }

    @Override
    public Object draw(RowContext row) {
        int[] possible = inTurn ? IntStream.range(0, weights.length).filter(i -> weights[i] > 0).toArray() : new int[0];
        if (inTurn) {
            return possible[(int) Long.remainderUnsigned(row.key(), possible.length)];
        }
        double at = row.draws().uniform() * bounds[bounds.length - 1];
        int found = Arrays.binarySearch(bounds, at);
        int code = found >= 0 ? found + 1 : -found - 1;
        return Math.min(code, last());
    }

    private int last() {
        int last = weights.length - 1;
        while (weights[last] == 0) {
            last--;
        }
        return last;
    }

    @Override
    public Object json(Object drawn) {
        JsonNode value = values.get((Integer) drawn);
        if (value.isTextual() || value.isContainerNode()) {
            return value.isTextual() ? value.asText() : value;
        }
        return value.isBoolean() ? value.asBoolean()
                : value.isIntegralNumber() ? value.asLong() : (Object) value.decimalValue();
    }

    @Override
    public Optional<Restricted> given(ColumnCondition condition) {
        double[] kept = weights.clone();
        for (int i = 0; i < kept.length; i++) {
            kept[i] = satisfies(values.get(i), condition) ? kept[i] : 0;
        }
        double mass = Arrays.stream(kept).sum();
        if (!(mass > 0)) {
            throw new ConditionException(condition.column(),
                    condition.column() + " never satisfies " + condition.operator().id()
                            + ": its values are "
                            + String.join(", ", texts.texts().subList(0, Math.min(20, texts.size()))));
        }
        return Optional.of(new Restricted(new ChoiceLaw(type, values, kept, inTurn), mass / Arrays.stream(weights).sum()));
    }

    private static boolean satisfies(JsonNode value, ColumnCondition condition) {
        return Comparisons.satisfies(value.isNumber() ? value.decimalValue()
                : value.isBoolean() ? (Object) value.asBoolean()
                        : value.asText(),
                condition);
    }
}
