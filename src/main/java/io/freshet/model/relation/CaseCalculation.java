package io.freshet.model.relation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Finds how a number is calculated in some rows of a table: it is constant, a multiple of another number, or a sum of two. */
final class CaseCalculation {

    /** With fewer different results, a calculation could fit by chance. */
    private static final int MIN_DISTINCT = 5;

    private final TableColumns table;
    private final int target;
    private final double[] results;
    private final int[] places;
    private final double tolerance;

    /** @param places the positions of the rows, all of which have the target */
    CaseCalculation(TableColumns table, int target, int[] places, double tolerance) {
        this.table = table;
        this.target = target;
        this.results = table.numbers(target);
        this.places = places;
        this.tolerance = tolerance;
    }

    /** @param allowed accepts the columns from which the target may follow */
    Optional<Calculation> find(IntPredicate allowed) {
        long distinct = Arrays.stream(places).mapToDouble(place -> results[place]).distinct().limit(MIN_DISTINCT).count();
        if (distinct == 1) {
            return Optional.of(new FixedNumber(target, results[places[0]]));
        }
        int[] sources = distinct < MIN_DISTINCT ? new int[0]
                : IntStream.of(table.varying(false)).filter(source -> source != target && allowed.test(source)).toArray();
        for (int source : sources) {
            OptionalDouble factor = factor(source);
            if (factor.isPresent()) {
                return Optional.of(new Formula(target, source, Formula.Function.IDENTITY, factor.getAsDouble(), 0, tolerance));
            }
        }
        return sum(sources);
    }

    private OptionalDouble factor(int source) {
        FactorRange range = new FactorRange(tolerance);
        double[] from = table.numbers(source);
        for (int place : places) {
            if (Double.isNaN(from[place]) || !range.add(from[place], results[place])) {
                return OptionalDouble.empty();
            }
        }
        return range.contains(0) ? OptionalDouble.empty() : SimplestNumber.between(range.low(), range.high());
    }

    private Optional<Calculation> sum(int[] sources) {
        for (int one : sources) {
            for (int other : sources) {
                if (one != other && !isIdle(other)) {
                    if (one < other && isSum(one, other, 1)) {
                        return Optional.of(sum(one, other, 1));
                    }
                    if (isSum(one, other, -1)) {
                        return Optional.of(sum(one, other, -1));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean isIdle(int source) {
        return Arrays.stream(places).filter(place -> table.numbers(source)[place] != 0).limit(MIN_DISTINCT)
                .count() < MIN_DISTINCT;
    }

    private boolean isSum(int one, int other, int sign) {
        double[] first = table.numbers(one);
        double[] second = table.numbers(other);
        for (int place : places) {
            double sum = first[place] + sign * second[place];
            if (!(Math.abs(sum - results[place]) <= tolerance + Calculation.ROUNDING * Math.abs(sum))) {
                return false;
            }
        }
        return true;
    }

    private LinearSum sum(int one, int other, int sign) {
        return new LinearSum(target, List.of(one, other), List.of(1, sign), 1, false, 0, tolerance);
    }
}
