package io.freshet.model.copula;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

import io.freshet.model.ColumnCondition;
import io.freshet.model.ConditionException;
import io.freshet.model.Conditions;
import io.freshet.model.marginal.ColumnModel;
import io.freshet.model.marginal.FloatingValues;

/**
 * Conditions as a region of the latent space of one stratum: the union of disjoint alternatives, each a product of factors.
 *
 * @param alternatives at least one, all with factors of the same dimensions in ascending order; dimensions that are not
 *        dependent have the same factors in all
 * @param literals by column: the exact number that a condition requires of a {@link FloatingValues} column, because no latent
 *        number may map to it
 */
record LatentRegion(List<List<Factor>> alternatives, Map<Integer, Double> literals) {

    private static final int MAX_NAMES = 50;

    LatentRegion {
        alternatives = alternatives.stream().map(List::copyOf).toList();
        literals = Map.copyOf(literals);
    }

    /** @throws ConditionException if a condition refers to an unknown column, does not fit its type or cannot be satisfied */
    static LatentRegion of(CopulaStratum stratum, Conditions conditions) {
        return of(stratum.columns(), stratum.latent(), conditions);
    }

    /** Returns the region in a space of these columns, regardless of their dependence. */
    static LatentRegion ofMarginals(List<ColumnModel> columns, Conditions conditions) {
        return of(columns, LatentSpace.of(columns), conditions);
    }

    private static LatentRegion of(List<ColumnModel> columns, LatentSpace latent, Conditions conditions) {
        Builder builder = new Builder();
        for (ColumnCondition condition : conditions.conditions()) {
            int index = indexOf(columns, condition.column());
            new ColumnRegion(columns.get(index), index, latent).restrict(builder, condition);
        }
        return new LatentRegion(new FamilyRegion(columns, latent, builder).alternatives(), builder.literals);
    }

    private static int indexOf(List<ColumnModel> columns, String name) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            String known = columns.get(c).column().name();
            if (known.equals(name)) {
                return c;
            }
            names.add(known);
        }
        String some = String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())));
        throw new ConditionException(name, "unknown column " + name + "; expected one of " + some
                + (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : ""));
    }

    /** A region that is being narrowed. */
    static final class Builder {

        private final Map<Integer, Factor> factors = new TreeMap<>();
        private final Map<Integer, IntPredicate> entries = new TreeMap<>();
        private final Map<Integer, Double> literals = new TreeMap<>();

        /**
         * Narrows the range of a dimension.
         *
         * @return false if nothing is left
         */
        boolean narrow(Factor allowed) {
            Factor before = factors.get(allowed.dimension());
            Factor after = before == null ? allowed : before.intersect(allowed);
            factors.put(allowed.dimension(), after);
            return !after.intervals().isEmpty();
        }

        /** Narrows the dictionary entries that a column of steps may have. */
        void narrow(int column, IntPredicate allowed) {
            entries.merge(column, allowed, IntPredicate::and);
        }

        /**
         * Requires one number.
         *
         * @return false if another one is required already
         */
        boolean ask(int column, double literal) {
            Double before = literals.put(column, literal);
            return before == null || before == literal;
        }

        /** Returns the factor of each dimension. */
        Map<Integer, Factor> factors() {
            return factors;
        }

        /** Returns the allowed entries of each column of steps that has conditions. */
        Map<Integer, IntPredicate> entries() {
            return entries;
        }
    }
}
