package io.freshet.model.relation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Finds numbers that are a function of one other number: copies, proportions, straight lines, powers and exponentials. */
final class FormulaSearch {

    private static final double ROUNDING = .51;
    private static final double MAX_TOLERANCE = .02;
    /** Fewer points prove nothing, because a line passes through any two points. */
    private static final int MIN_DISTINCT = 5;
    private static final int FEW_DIGITS = 4;
    private static final int MAX_DIGITS = 9;
    private static final double ALMOST = 1e-9;
    private static final double MAX_RESULT = 1e15;

    private final TableColumns table;

    FormulaSearch(TableColumns table) {
        this.table = table;
    }

    List<Candidate> find() {
        List<Candidate> found = new ArrayList<>();
        int[] columns = Arrays.stream(table.varying(false)).filter(this::hasMany).toArray();
        for (int target : columns) {
            for (int source : columns) {
                if (source != target) {
                    check(target, source).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private boolean hasMany(int column) {
        return DoubleStream.of(table.numbers(column)).filter(value -> !Double.isNaN(value)).distinct().limit(MIN_DISTINCT)
                .count() == MIN_DISTINCT;
    }

    private Optional<Candidate> check(int target, int source) {
        Optional<Candidate> best = line(target, source);
        for (Formula.Function function : Formula.Function.values()) {
            if (best.isPresent()) {
                return best;
            }
            if (function != Formula.Function.IDENTITY) {
                best = curve(target, source, function);
            }
        }
        return best;
    }

    /**
     * Returns the positions of the smallest and the largest source among rows that have both numbers, or null if no row has
     * both.
     */
    private static int[] ends(double[] x, double[] y, int rows) {
        int low = -1;
        int high = -1;
        for (int i = 0; i < rows; i++) {
            if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
                low = low < 0 || x[i] < x[low] ? i : low;
                high = high < 0 || x[i] > x[high] ? i : high;
            }
        }
        return new int[] { low, high };
    }

    /** Returns whether a first few rows are consistent with a line. */
    private boolean mayBeLine(double[] x, double[] y, int target, int source) {
        int[] ends = ends(x, y, Math.min(TableColumns.PROBE, x.length));
        if (ends[0] < 0 || x[ends[0]] == x[ends[1]]) {
            return true;
        }
        double slope = (y[ends[1]] - y[ends[0]]) / (x[ends[1]] - x[ends[0]]);
        return fits(x, y, slope, 3 * tolerance(target, source, slope));
    }

    /** Returns whether a first few rows are consistent with a curve. */
    private boolean mayBeCurve(double[] x, double[] y, Formula.Function function, int target, int source) {
        int rows = Math.min(TableColumns.PROBE, x.length);
        int best = steepest(x, y, function, rows);
        double factor = best < 0 ? Double.NaN : y[best] / function.of(x[best]);
        double half = table.step(source) / 2;
        int misses = 0;
        for (int i = 0; i < rows && Double.isFinite(factor); i++) {
            double result = factor * function.of(x[i]);
            double slack = Math.abs(factor * (function.of(x[i] + half) - function.of(x[i] - half)));
            misses += Math.abs(result - y[i]) > 3 * (table.step(target) + slack) + 1e-3 * Math.abs(result) ? 1 : 0;
        }
        return misses <= 1;
    }

    private static int steepest(double[] x, double[] y, Formula.Function function, int rows) {
        int best = -1;
        for (int i = 0; i < rows; i++) {
            if (!Double.isNaN(y[i]) && !Double.isNaN(x[i])) {
                best = best < 0 || Math.abs(function.of(x[i])) > Math.abs(function.of(x[best])) ? i : best;
            }
        }
        return best;
    }

    private Optional<Candidate> line(int target, int source) {
        double[] x = table.numbers(source);
        double[] y = table.numbers(target);
        if (!mayBeLine(x, y, target, source)) {
            return Optional.empty();
        }
        int[] ends = ends(x, y, x.length);
        if (ends[0] < 0 || x[ends[0]] == x[ends[1]]) {
            return Optional.empty();
        }
        double slope = (y[ends[1]] - y[ends[0]]) / (x[ends[1]] - x[ends[0]]);
        double tolerance = tolerance(target, source, slope);
        if (slope == 0 || tolerance > MAX_TOLERANCE * table.spread(target) || !fits(x, y, slope, 3 * tolerance)) {
            return Optional.empty();
        }
        double error = 2 * table.step(target) / (x[ends[1]] - x[ends[0]]);
        Candidate best = null;
        int misrounded = Integer.MAX_VALUE;
        for (double factor : factors(slope, error)) {
            double offset = middle(x, y, factor);
            for (double at : new double[] { 0, nearStep(offset, target), offset }) {
                Formula formula = new Formula(target, source, Formula.Function.IDENTITY, factor, at, tolerance);
                int missed = misrounded(formula, misrounded);
                Optional<Candidate> found = missed < misrounded ? check(formula) : Optional.empty();
                best = found.orElse(best);
                misrounded = found.isPresent() ? missed : misrounded;
                if (misrounded == 0) {
                    return found;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Returns the factors that a formula may have, decimals with few digits first. */
    private static double[] factors(double slope, double error) {
        DoubleStream few = IntStream.rangeClosed(1, FEW_DIGITS).mapToDouble(digits -> rounded(slope, digits));
        DoubleStream fractions = SimplestNumber.fraction(slope - error, slope + error).stream();
        DoubleStream many = IntStream.rangeClosed(FEW_DIGITS + 1, MAX_DIGITS).mapToDouble(digits -> rounded(slope, digits));
        return DoubleStream.concat(few, DoubleStream.concat(fractions, many)).toArray();
    }

    /** Returns in how many rows a formula gives another number than the table has; at most {@code max}. */
    private int misrounded(Formula formula, int max) {
        double[] x = table.numbers(formula.source());
        double[] y = table.numbers(formula.target());
        double step = table.step(formula.target());
        int missed = 0;
        for (int i = 0; i < x.length && missed < max; i++) {
            double result = formula.factor() * formula.function().of(x[i]) + formula.offset();
            missed += !Double.isNaN(result - y[i]) && (step == 0 ? Math.abs(result - y[i]) > formula.tolerance()
                    : Math.round(result / step) != Math.round(y[i] / step)) ? 1 : 0;
        }
        return missed;
    }

    /** Returns whether a formula gives the number of every row but for the direction in which halves are rounded. */
    boolean isExact(Formula formula) {
        double[] x = table.numbers(formula.source());
        double[] y = table.numbers(formula.target());
        double half = table.step(formula.target()) / 2;
        for (int i = 0; i < x.length; i++) {
            double result = formula.factor() * formula.function().of(x[i]) + formula.offset();
            if (Math.abs(result - y[i]) > half + ALMOST * (1 + Math.abs(result))) {
                return false;
            }
        }
        return true;
    }

    private double nearStep(double offset, int target) {
        double step = table.step(target);
        return step == 0 ? offset : Math.round(offset / step) * step;
    }

    private double tolerance(int target, int source, double slope) {
        return ROUNDING * table.step(target) + Math.max(ALMOST * table.spread(target),
                table.step(source) < 1 && Math.abs(slope) > 1 ? ROUNDING * table.step(source) * Math.abs(slope) : 0);
    }

    private static boolean fits(double[] x, double[] y, double slope, double tolerance) {
        double first = Double.NaN;
        for (int i = 0; i < Math.min(TableColumns.PROBE, x.length); i++) {
            double rest = y[i] - slope * x[i];
            if (!Double.isNaN(rest)) {
                first = Double.isNaN(first) ? rest : first;
                if (Math.abs(rest - first) > 2 * tolerance + ALMOST * Math.abs(slope * x[i])) {
                    return false;
                }
            }
        }
        return !Double.isNaN(first);
    }

    private static double middle(double[] x, double[] y, double factor) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            double rest = y[i] - factor * x[i];
            if (!Double.isNaN(rest)) {
                low = Math.min(low, rest);
                high = Math.max(high, rest);
            }
        }
        return (low + high) / 2;
    }

    private static double rounded(double value, int digits) {
        return new BigDecimal(value).round(new MathContext(digits)).doubleValue();
    }

    private Optional<Candidate> curve(int target, int source, Formula.Function function) {
        double[] x = table.numbers(source);
        double[] y = table.numbers(target);
        if (!mayBeCurve(x, y, function, target, source) || !isFinite(x, function)) {
            return Optional.empty();
        }
        int best = steepest(x, y, function, x.length);
        if (best < 0 || y[best] == 0 || function.of(x[best]) == 0) {
            return Optional.empty();
        }
        double factor = y[best] / function.of(x[best]);
        for (int digits = 1; digits <= MAX_DIGITS - 3; digits++) {
            double slope = rounded(factor, digits);
            double tolerance = ROUNDING * table.step(target) + ALMOST * table.spread(target);
            Optional<Candidate> found = tolerance > MAX_TOLERANCE * table.spread(target) ? Optional.empty()
                    : check(new Formula(target, source, function, slope, 0, tolerance));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isFinite(double[] x, Formula.Function function) {
        for (double value : x) {
            double at = function.of(value);
            if (!Double.isNaN(value) && !(Math.abs(at) <= MAX_RESULT)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Candidate> check(Formula formula) {
        double half = formula.function() == Formula.Function.IDENTITY ? 0 : table.step(formula.source()) / 2;
        RowRule rule = values -> {
            double result = formula.factor() * formula.function().of(values[0]) + formula.offset();
            double slack = formula.slack(values[0], half);
            return !(Math.abs(result - values[1]) <= formula.tolerance() + slack + ALMOST * Math.abs(result));
        };
        return new RuleCheck(table, formula.source(), formula.target()).of(rule)
                .map(evidence -> Candidate.of(formula, evidence));
    }
}
