package io.freshet.model.marginal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.model.online.NewColumn;
import io.freshet.stats.Normal;
import io.freshet.table.ColumnType;
import io.freshet.table.Dictionary;
import io.freshet.table.NumberDictionary;
import io.freshet.table.TextDictionary;

/**
 * A compact description of the distribution of a column: its values and their masses, or the anchors of a distribution function
 * that is linear in z between them.
 *
 * @param missing the share of rows without a value
 * @param numbers for a column of numbers, dates or booleans: its values or the anchors, ascending
 * @param texts the categories in their order; otherwise empty
 * @param shares the shares of the values, or the cumulative shares of the anchors, from 0 to 1, if it is {@code continuous}
 * @param whole whether numbers between two anchors are integers
 * @param isLatent whether a latent number decides the value
 * @param groups the values given those of its parent; null if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // confined to this package, never compared
public record KnownColumn(double missing, double[] numbers, List<String> texts, double[] shares, boolean continuous,
        boolean whole,
        boolean isLatent, @Nullable KnownGroups groups) {

    /** Each interval between two anchors counts as this many values. */
    private static final int POINTS_PER_INTERVAL = 4;

    public KnownColumn {
        texts = List.copyOf(texts);
        if (shares.length != Math.max(numbers.length, texts.size()) || continuous && shares.length < 2) {
            throw new IllegalArgumentException(shares.length + " shares for " + numbers.length + " numbers");
        }
    }

    public static List<KnownColumn> of(List<ColumnModel> columns) {
        List<KnownColumn> known = new ArrayList<>();
        for (ColumnModel column : columns) {
            KnownColumn overall = of(column);
            known.add(column.values() instanceof DependentSteps steps
                    ? overall.given(KnownGroups.of(steps, column, columns.get(steps.parent())), steps.isLatent())
                    : overall);
        }
        return known;
    }

    /** Describes a column without dependence on another column. */
    public static KnownColumn of(ColumnModel column) {
        ColumnModel model = column.overall();
        double missing = model.missingShare();
        if (model.values() instanceof StepValues steps) {
            return steps(missing, steps, model.column().type());
        }
        if (model.values() instanceof TextValues) {
            return unknown(missing);
        }
        return model.values() instanceof ContinuousValues numbers ? of(missing, numbers.marginal(), true)
                : of(missing, ((FloatingValues) model.values()).marginal(), false);
    }

    public static KnownColumn of(double missing, ContinuousMarginal marginal, boolean whole) {
        return new KnownColumn(missing, marginal.values(), List.of(), marginal.cumulative(), true, whole, true, null);
    }

    /** Describes a column with exactly these values: numbers or texts. */
    public static KnownColumn listed(double missing, double[] numbers, List<String> texts, double[] shares) {
        return new KnownColumn(missing, numbers, texts, shares, false, true, shares.length > 1, null);
    }

    /** Describes a column of keys or prose. */
    public static KnownColumn unknown(double missing) {
        return listed(missing, new double[0], List.of(), new double[0]);
    }

    public KnownColumn given(KnownGroups byParent, boolean latent) {
        return new KnownColumn(missing, numbers, texts, shares, continuous, whole, latent, byParent);
    }

    private static KnownColumn steps(double missing, StepValues steps, ColumnType type) {
        double[] masses = new double[steps.marginal().size()];
        boolean categories = type instanceof ColumnType.Categorical;
        double[] numbers = new double[categories ? 0 : masses.length];
        List<String> texts = new ArrayList<>();
        for (int step = 0; step < masses.length; step++) {
            masses[step] = steps.marginal().share(step);
            Object value = value(steps.dictionary(), type, steps.code(step));
            if (value instanceof String text) {
                texts.add(text);
            } else {
                numbers[step] = (Double) value;
            }
        }
        return listed(missing, numbers, texts, masses);
    }

    /**
     * Returns the value of a dictionary entry in the representation of {@link NewColumn}: a category as its text, anything else
     * as a number.
     */
    public static Object value(Dictionary dictionary, ColumnType type, int code) {
        return type instanceof ColumnType.Categorical ? ((TextDictionary) dictionary).text(code)
                : dictionary instanceof NumberDictionary entries ? (Object) (double) entries.value(code) : (double) code;
    }

    /** Returns a value, if values are listed. */
    public Object value(int index) {
        return texts.isEmpty() ? (Object) numbers[index] : texts.get(index);
    }

    /** Returns values with masses; a value between two anchors stands for its neighbourhood. */
    public PartColumn values() {
        return continuous ? points() : PartColumn.listed(missing, numbers, texts, shares);
    }

    private PartColumn points() {
        double[] points = new double[POINTS_PER_INTERVAL * numbers.length];
        double[] masses = new double[points.length];
        boolean[] exact = new boolean[points.length];
        double[] rows = new double[points.length];
        Arrays.fill(rows, RareValues.FEWEST_ROWS);
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
                exact[used - 1] |= isAtom(i);
            }
            left = right;
        }
        return new PartColumn(missing, Arrays.copyOf(points, used), List.of(), Arrays.copyOf(masses, used),
                Arrays.copyOf(rows, used), Arrays.copyOf(exact, used), true);
    }

    /** Returns whether an anchor and the next one are the edges of one value. */
    private boolean isAtom(int anchor) {
        return numbers[anchor] == numbers[anchor + 1];
    }

    /** Interpolates as {@link ContinuousMarginal} does. */
    private double between(int anchor, double left, double right, double z) {
        double from = numbers[anchor];
        double to = numbers[anchor + 1];
        double number = Double.isInfinite(right) ? from
                : Double.isInfinite(left) ? to
                        : from + (to - from) * ((z - left) / (right - left));
        return whole ? Math.floor(number + .5) : number;
    }
}
