package io.freshet.model.gan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.model.Conditions;
import io.freshet.model.tree.RestrictedColumn;
import io.freshet.stats.AliasTable;

/**
 * Conditions on the rows of a model. The most selective one on a column of names becomes the condition vector. The modes of all
 * conditioned columns are restricted to those that satisfy the conditions; the product of the probabilities that remain is the
 * weight of a proposal, and the mean of the weights is the probability of the conditions.
 */
final class GanConditions {

    private static final int PILOTS = 1_024;
    private static final long PILOT_SEED = 0x9107L;
    /** The target for the effective number of proposals per row. */
    private static final double EFFECTIVE = 12;
    private static final int MAX_PROPOSALS = 64;

    private final Map<Integer, RestrictedModes> columns;
    private final int forced;
    private final @Nullable AliasTable forcedModes;
    private int proposals = 1;
    private double probability;

    private GanConditions(Map<Integer, RestrictedModes> columns, int forced) {
        this.columns = columns;
        this.forced = forced;
        RestrictedModes chosen = columns.get(forced);
        this.forcedModes = chosen == null ? null : chosen.table();
    }

    /**
     * @throws ConditionException if a condition names an unknown column or does not fit its type, or if no row can satisfy it
     */
    static GanConditions of(GanModel model, Conditions conditions) {
        Map<Integer, RestrictedColumn> named = new LinkedHashMap<>();
        for (ColumnCondition condition : conditions.conditions()) {
            int column = model.schema().indexOf(condition.column());
            if (column < 0) {
                throw new ConditionException(condition.column(), "unknown column " + condition.column());
            }
            named.computeIfAbsent(column, c -> new RestrictedColumn(model.columns().get(c).codes())).restrict(condition);
        }
        Map<Integer, RestrictedModes> columns = new LinkedHashMap<>();
        int forced = -1;
        double forcedShare = Double.POSITIVE_INFINITY;
        for (Map.Entry<Integer, RestrictedColumn> entry : named.entrySet()) {
            int column = entry.getKey();
            RestrictedModes modes = new RestrictedModes(model.columns().get(column), entry.getValue());
            if (modes.share() <= 0) {
                throw refused(entry.getValue(), conditions.conditions().size() > 1);
            }
            columns.put(column, modes);
            boolean possible = model.layout().conditional().stream().anyMatch(span -> span.column() == column);
            if (possible && modes.share() < forcedShare) {
                forced = column;
                forcedShare = modes.share();
            }
        }
        GanConditions made = new GanConditions(columns, forced);
        made.pilot(model);
        return made;
    }

    private static ConditionException refused(RestrictedColumn column, boolean several) {
        double[] shares = column.shares();
        boolean onlyMissing = shares[shares.length - 1] > 0;
        return column.refuse(onlyMissing ? "is never missing"
                : several ? "cannot satisfy all its conditions at once" : "is always missing");
    }

    /** Estimates the probability of the conditions and how many proposals a row needs. */
    private void pilot(GanModel model) {
        NetworkRows rows = new NetworkRows(model, this, PILOT_SEED);
        double sum = 0;
        double squares = 0;
        double ofForced = 0;
        long[] numbers = new long[NetworkRows.BLOCK];
        for (int at = 0; at < PILOTS; at += numbers.length) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = at + i;
            }
            rows.draw(numbers, numbers.length, 0);
            for (int i = 0; i < numbers.length; i++) {
                double weight = rows.weight(i);
                sum += weight;
                squares += weight * weight;
                ofForced += rows.forcedWeight(i);
            }
        }
        RestrictedModes chosen = columns.get(forced);
        double given = chosen == null ? sum / PILOTS : ofForced > 0 ? chosen.share() * sum / ofForced : 0;
        // where no pilot satisfies the conditions, they are rarer than one row in as many
        double independent = columns.values().stream().mapToDouble(RestrictedModes::share).reduce(1, (a, b) -> a * b);
        this.probability = Math.min(1, given > 0 ? given : Math.min(independent, 1.0 / PILOTS));
        double spread = sum > 0 ? PILOTS * squares / (sum * sum) : MAX_PROPOSALS;
        this.proposals = spread < 1 + 1e-9 ? 1 : (int) Math.max(2, Math.min(MAX_PROPOSALS, Math.ceil(EFFECTIVE * spread)));
    }

    /** Returns the restricted column, or null if it has no condition. */
    @Nullable
    RestrictedModes at(int column) {
        return columns.get(column);
    }

    /** Returns the number of the column that the condition vector is about, or −1. */
    int forced() {
        return forced;
    }

    /** Returns the table of the modes that the condition vector asks for; null if it is free. */
    @Nullable
    AliasTable forcedModes() {
        return forcedModes;
    }

    /** Returns the columns with conditions. */
    List<Integer> conditioned() {
        return List.copyOf(columns.keySet());
    }

    /** Returns the number of proposals from which each row is chosen. */
    int proposals() {
        return proposals;
    }

    double probability() {
        return probability;
    }
}
