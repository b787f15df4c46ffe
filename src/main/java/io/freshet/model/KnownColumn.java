package io.freshet.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.freshet.stats.Normal;
import io.freshet.table.ColumnType;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/**
 * What is known of the distribution of a column, in little memory: its values and their masses, or anchors of a distribution
 * function that is linear in z between them.
 *
 * @param missing the share of rows without a value
 * @param numbers of a column of numbers, dates or booleans: its values, or the anchors, ascending
 * @param texts the categories in their order; else empty
 * @param shares of the values; the cumulative shares of the anchors, from 0 to 1, if it is {@code continuous}
 * @param whole whether numbers between two anchors are integers
 * @param groups the same by the values of a parent, where there is one
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
record KnownColumn(double missing, double[] numbers, List<String> texts, double[] shares, boolean continuous, boolean whole,
        Optional<KnownGroups> groups) {

    /** Each interval between two anchors counts as so many values. */
    private static final int POINTS_PER_INTERVAL = 4;

    KnownColumn {
        texts = List.copyOf(texts);
        if (shares.length != Math.max(numbers.length, texts.size()) || continuous && shares.length < 2) {
            throw new IllegalArgumentException(shares.length + " shares for " + numbers.length + " numbers");
        }
    }

    KnownColumn(double missing, double[] numbers, List<String> texts, double[] shares, boolean continuous, boolean whole) {
        this(missing, numbers, texts, shares, continuous, whole, Optional.empty());
    }

    /** Of all columns of a stratum or a model. */
    static List<KnownColumn> of(List<ColumnModel> columns) {
        return columns.stream().map(column -> column.values() instanceof DependentSteps steps
                ? of(column.overall()).with(KnownGroups.of(steps, columns))
                : of(column)).toList();
    }

    KnownColumn with(KnownGroups by) {
        return new KnownColumn(missing, numbers, texts, shares, continuous, whole, Optional.of(by));
    }

    /** Whatever the value of a parent. */
    static KnownColumn of(ColumnModel model) {
        double missing = model.missingShare();
        if (model.values() instanceof StepValues steps) {
            return steps(missing, steps, model.column().type() instanceof ColumnType.Categorical);
        }
        if (model.values() instanceof TextValues) {
            return new KnownColumn(missing, new double[0], List.of(), new double[0], false, false);
        }
        return model.values() instanceof ContinuousValues numbers ? of(missing, numbers.marginal(), true)
                : of(missing, ((FloatingValues) model.values()).marginal(), false);
    }

    static KnownColumn of(double missing, ContinuousMarginal marginal, boolean whole) {
        return new KnownColumn(missing, marginal.values(), List.of(), marginal.cumulative(), true, whole);
    }

    private static KnownColumn steps(double missing, StepValues steps, boolean categories) {
        double[] masses = new double[steps.marginal().size()];
        double[] numbers = new double[categories ? 0 : masses.length];
        List<String> texts = new ArrayList<>();
        for (int step = 0; step < masses.length; step++) {
            masses[step] = steps.marginal().share(step);
            int code = steps.code(step);
            if (categories) {
                texts.add(((TextDictionary) steps.dictionary()).text(code));
            } else {
                numbers[step] = steps.dictionary() instanceof NumberDictionary entries ? entries.value(code) : code;
            }
        }
        return new KnownColumn(missing, numbers, texts, masses, false, true);
    }

    /** Whether a latent number decides the value. */
    boolean isLatent() {
        return groups.map(KnownGroups::isLatent).orElse(shares.length > 1);
    }

    /** As values with masses; those between two anchors stand for their neighbourhood. */
    PartColumn values() {
        return continuous ? points() : new PartColumn(missing, numbers, texts, shares, false);
    }

    private PartColumn points() {
        double[] points = new double[POINTS_PER_INTERVAL * numbers.length];
        double[] masses = new double[points.length];
        int used = 0;
        double left = Double.NEGATIVE_INFINITY;
        for (int i = 0; i + 1 < numbers.length; i++) {
            double width = (shares[i + 1] - shares[i]) / POINTS_PER_INTERVAL;
            double right = width > 0 ? Normal.inverse(shares[i + 1]) : left;
            for (int k = 0; k < POINTS_PER_INTERVAL && width > 0; k++) {
                double number = between(i, left, right, Normal.inverse(shares[i] + (k + .5) * width));
                if (used == 0 || number > points[used - 1]) {
                    points[used++] = number;
                }
                masses[used - 1] += width;
            }
            left = right;
        }
        return new PartColumn(missing, Arrays.copyOf(points, used), List.of(), Arrays.copyOf(masses, used),
                true);
    }

    /** As a {@link ContinuousMarginal} has it. */
    private double between(int anchor, double left, double right, double z) {
        double from = numbers[anchor];
        double to = numbers[anchor + 1];
        double number = Double.isInfinite(right) ? from
                : Double.isInfinite(left) ? to
                        : from + (to - from) * ((z - left) / (right - left));
        return whole ? Math.floor(number + .5) : number;
    }
}
