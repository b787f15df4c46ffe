package io.freshet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Conditions as a region of the latent space of one stratum: the union of some disjoint alternatives, each a product of
 * factors.
 *
 * @param alternatives at least one, all with factors of the same dimensions, in ascending order; the dimensions that are not
 *        dependent have the same factors in all
 * @param literals by column: the exact number that a condition asks of a {@link FloatingValues} column, where no latent number
 *        may give it
 */
record LatentRegion(List<List<Factor>> alternatives, Map<Integer, Double> literals) {

    private static final int MOST_NAMES = 50;

    LatentRegion {
        alternatives = alternatives.stream().map(List::copyOf).toList();
        literals = Map.copyOf(literals);
    }

    /**
     * @throws ConditionException if a condition names no column, does not fit its type or cannot be satisfied
     */
    static LatentRegion of(CopulaStratum stratum, Conditions conditions) {
        return of(stratum.columns(), stratum.latent(), conditions);
    }

    /** The region in a space of these columns, whatever their dependence. */
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
        String some = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        throw new ConditionException(name, "there is no column " + name + "; there are " + some
                + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : ""));
    }

    /** A region while it is narrowed. */
    static final class Builder {

        private final Map<Integer, Factor> factors = new TreeMap<>();
        private final Map<Integer, IntPredicate> entries = new TreeMap<>();
        private final Map<Integer, Double> literals = new TreeMap<>();

        /** Narrows what a dimension may hold; false if nothing is left. */
        boolean narrow(Factor allowed) {
            Factor before = factors.get(allowed.dimension());
            Factor after = before == null ? allowed : before.intersect(allowed);
            factors.put(allowed.dimension(), after);
            return !after.intervals().isEmpty();
        }

        /** Narrows the entries of its dictionary that a column of steps may have. */
        void narrow(int column, IntPredicate allowed) {
            entries.merge(column, allowed, IntPredicate::and);
        }

        /** Asks for one number; false if another one is asked for already. */
        boolean ask(int column, double literal) {
            Double before = literals.put(column, literal);
            return before == null || before == literal;
        }

        /** By dimension. */
        Map<Integer, Factor> factors() {
            return factors;
        }

        /** By column of steps that has conditions: the entries it may have. */
        Map<Integer, IntPredicate> entries() {
            return entries;
        }
    }
}
