package io.freshet.model.tree;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.model.Conditions;

/**
 * The trees of a model under conditions. In each proposed row, the distribution of every conditioned column is restricted to
 * the values that satisfy the conditions. The product of the remaining probabilities is the weight of the proposal. The mean of
 * the weights is the probability of the conditions.
 */
final class ConditionedTrees {

    private static final int PILOTS = 4096;
    private static final long PILOT_SEED = 0x9107L;
    /** The target for the effective number of proposals per row. */
    private static final double EFFECTIVE = 12;
    private static final int MAX_PROPOSALS = 128;

    private final TreeModel model;
    /** The restricted trees by position in the order; null where there is no condition. */
    private final @Nullable RestrictedTree[] restricted;
    private final int prefix;
    private final int proposals;
    private final double probability;

    private ConditionedTrees(TreeModel model, @Nullable RestrictedTree[] restricted, int prefix) {
        this.model = model;
        this.restricted = restricted;
        this.prefix = prefix;
        double[] weights = pilots();
        double sum = 0;
        double squares = 0;
        for (double weight : weights) {
            sum += weight;
            squares += weight * weight;
        }
        this.probability = sum / weights.length;
        double spread = weights.length * squares / (sum * sum);
        this.proposals = spread < 1 + 1e-9 ? 1 : (int) Math.max(2, Math.min(MAX_PROPOSALS, Math.ceil(EFFECTIVE * spread)));
    }

    /**
     * @throws ConditionException if a condition names an unknown column or does not fit its type, or if no row can satisfy it
     */
    static ConditionedTrees of(TreeModel model, Conditions conditions) {
        Map<Integer, RestrictedColumn> columns = new LinkedHashMap<>();
        for (ColumnCondition condition : conditions.conditions()) {
            int column = model.schema().indexOf(condition.column());
            if (column < 0) {
                throw new ConditionException(condition.column(), "unknown column " + condition.column());
            }
            columns.computeIfAbsent(column, c -> new RestrictedColumn(model.columns().get(c))).restrict(condition);
        }
        @Nullable
        RestrictedTree[] restricted = new RestrictedTree[model.trees().size()];
        int prefix = 0;
        for (int k = 0; k < restricted.length; k++) {
            RestrictedColumn column = columns.get(model.trees().get(k).column());
            if (column != null) {
                restricted[k] = restricted(model.trees().get(k), column, conditions);
                prefix = k + 1;
            }
        }
        return new ConditionedTrees(model, restricted, prefix);
    }

    private static RestrictedTree restricted(ColumnTree tree, RestrictedColumn column, Conditions conditions) {
        double[] shares = column.shares();
        RestrictedTree restricted = new RestrictedTree(tree, shares, column.segments());
        if (restricted.overall() > 0) {
            return restricted;
        }
        boolean several = conditions.conditions().size() > 1;
        boolean onlyMissing = shares[shares.length - 1] > 0;
        throw column.refuse(onlyMissing ? "is never missing"
                : several ? "cannot satisfy all its conditions at once" : "is always missing");
    }

    private double[] pilots() {
        double[] weights = new double[PILOTS];
        Proposals drawn = new Proposals(this, PILOT_SEED);
        long[] rows = new long[DrawnColumns.MOST];
        for (int at = 0; at < PILOTS; at += DrawnColumns.MOST) {
            for (int i = 0; i < rows.length; i++) {
                rows[i] = at + i;
            }
            drawn.draw(rows, rows.length, 0);
            System.arraycopy(drawn.weights(), 0, weights, at, rows.length);
        }
        return weights;
    }

    TreeModel model() {
        return model;
    }

    /** Returns the restricted tree at a position of the order, or null. */
    @Nullable
    RestrictedTree at(int position) {
        return restricted[position];
    }

    /** Returns the number of columns in the order up to and including the last one with a condition. */
    int prefix() {
        return prefix;
    }

    /** Returns the number of proposals from which each row is chosen. */
    int proposals() {
        return proposals;
    }

    double probability() {
        return probability;
    }
}
