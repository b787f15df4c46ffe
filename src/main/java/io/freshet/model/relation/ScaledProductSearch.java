package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds numbers that are a fixed multiple of the product of two or three others, or of the quotient of two. */
final class ScaledProductSearch {

    private static final double ROUNDING = .51;
    private static final double MAX_TOLERANCE = .05;
    private static final int MAX_PAIR_COLUMNS = 60;
    private static final int MAX_TRIPLE_COLUMNS = 24;
    /** A factor must differ between rows that are far apart in so many of them. */
    private static final double MIN_EVIDENCE = TableColumns.MIN_EVIDENCE;

    private final TableColumns table;
    private final int[] columns;
    private final IntPredicate open;
    private final Set<Set<Integer>> known = new HashSet<>();
    private final List<Candidate> found = new ArrayList<>();

    /** @param open accepts the columns that no other relation determines */
    ScaledProductSearch(TableColumns table, IntPredicate open) {
        this.table = table;
        this.columns = table.varying(false);
        this.open = open;
    }

    List<Candidate> find() {
        for (boolean quotient : new boolean[] { false, true }) {
            for (int target : columns) {
                double tolerance = ROUNDING * table.step(target);
                if (open.test(target) && tolerance <= MAX_TOLERANCE * table.spread(target)) {
                    findOf(target, quotient, tolerance);
                }
            }
        }
        return found;
    }

    private void findOf(int target, boolean quotient, double tolerance) {
        int[] others = IntStream.of(columns).filter(column -> column != target).toArray();
        for (int i = 0; i < others.length && columns.length <= MAX_PAIR_COLUMNS; i++) {
            for (int j = i + 1; j < others.length; j++) {
                if (quotient) {
                    check(target, List.of(others[i]), List.of(others[j]), tolerance);
                    check(target, List.of(others[j]), List.of(others[i]), tolerance);
                } else {
                    check(target, List.of(others[i], others[j]), List.of(), tolerance);
                }
                for (int k = j + 1; k < others.length && !quotient && columns.length <= MAX_TRIPLE_COLUMNS; k++) {
                    check(target, List.of(others[i], others[j], others[k]), List.of(), tolerance);
                }
            }
        }
    }

    private void check(int target, List<Integer> factors, List<Integer> divisors, double tolerance) {
        int[] indices = IntStream.concat(IntStream.of(target),
                IntStream.concat(factors.stream().mapToInt(c -> c), divisors.stream().mapToInt(c -> c))).toArray();
        int firstDivisor = 1 + factors.size();
        scale(indices, firstDivisor, tolerance).ifPresent(scale -> {
            RowRule rule = values -> {
                double result = scale * product(values, firstDivisor);
                return !(Math.abs(result - values[0]) <= tolerance + Calculation.ROUNDING * Math.abs(result));
            };
            new RuleCheck(table, indices).of(rule).filter(evidence -> IntStream.range(1, indices.length)
                    .allMatch(place -> matters(indices, place, rule)))
                    .filter(evidence -> known.add(IntStream.of(indices).boxed().collect(Collectors.toSet())))
                    .ifPresent(evidence -> found.add(
                            Candidate.of(new ScaledProduct(target, factors, divisors, scale, tolerance), evidence)));
        });
    }

    private static double product(double[] values, int firstDivisor) {
        double product = 1;
        for (int i = 1; i < values.length; i++) {
            product = i < firstDivisor ? product * values[i] : product / values[i];
        }
        return product;
    }

    /** Returns the factor that all rows allow. Products of two columns without a factor are found elsewhere. */
    private OptionalDouble scale(int[] indices, int firstDivisor, double tolerance) {
        FactorRange range = new FactorRange(tolerance);
        double[] values = new double[indices.length];
        int rows = 0;
        for (int place = 0; place < table.rows(); place++) {
            if (take(indices, place, -1, values)) {
                double product = product(values, firstDivisor);
                if (!Double.isFinite(product) || !range.add(product, values[0])) {
                    return OptionalDouble.empty();
                }
                rows++;
            }
        }
        boolean plain = indices.length == 3 && range.contains(1);
        return rows < MIN_EVIDENCE || plain || range.contains(0) ? OptionalDouble.empty()
                : SimplestNumber.between(range.low(), range.high());
    }

    /** @param foreign the column that is taken from another row; −1 for none */
    private boolean take(int[] indices, int place, int foreign, double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = table.numbers(indices[i])[i == foreign ? table.shuffled(place, indices[i]) : place];
            if (Double.isNaN(values[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether another value of one column would break the rule in many rows. */
    private boolean matters(int[] indices, int foreign, RowRule rule) {
        double[] values = new double[indices.length];
        int broken = 0;
        for (int place = 0; place < table.rows() && broken < MIN_EVIDENCE; place++) {
            broken += take(indices, place, foreign, values) && rule.broken(values) ? 1 : 0;
        }
        return broken >= MIN_EVIDENCE;
    }
}
