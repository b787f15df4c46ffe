package io.freshet.model.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.freshet.table.ColumnType;
import io.freshet.table.RareNames;

/**
 * Finds numbers that stay near levels that another column determines, such as those of a machine, a season or a place. Each
 * level must explain most of the variance that the previous levels leave.
 */
final class LevelSearch {

    private static final double MIN_EXPLAINED = .8;
    private static final int MIN_ROWS_PER_KEY = 20;
    private static final int MAX_LEVELS = 3;
    /** The smallest acceptable ratio between the variances around two levels. */
    private static final double MIN_ALIKE = .1;

    private final TableColumns table;
    private final List<KeyColumn> keys;

    LevelSearch(TableColumns table, List<KeyColumn> keys) {
        this.table = table;
        this.keys = keys;
    }

    /**
     * Returns the levels of a column, the innermost first.
     *
     * @param learned for each position, whether the row carries information about the target
     */
    List<Level> find(int target, boolean[] learned, java.util.function.IntPredicate maySource) {
        double[] rest = table.numbers(target).clone();
        double unit = NumberColumn.unit(table.schema().column(target));
        double min = Arrays.stream(rest).filter(value -> !Double.isNaN(value)).min().orElse(0) * unit;
        double max = Arrays.stream(rest).filter(value -> !Double.isNaN(value)).max().orElse(0) * unit;
        List<Level> found = new ArrayList<>();
        for (int i = 0; i < MAX_LEVELS; i++) {
            Optional<KeyColumn> best = best(rest, learned, target, maySource);
            if (best.isEmpty()) {
                break;
            }
            double[] levels = means(rest, learned, best.get());
            List<Double> rounded = new ArrayList<>();
            for (int key = 0; key < levels.length; key++) {
                double steps = table.schema().column(target).type() instanceof ColumnType.Floating ? levels[key]
                        : Math.round(levels[key] * unit);
                rounded.add(steps);
            }
            for (int place = 0; place < rest.length; place++) {
                int key = best.get().codes()[place];
                rest[place] -= key < 0 ? 0 : rounded.get(key) / unit;
            }
            boolean outermost = found.isEmpty();
            found.add(0, new Level(target, best.get().keys(), rounded, outermost ? min : -Double.MAX_VALUE,
                    outermost ? max : Double.MAX_VALUE));
        }
        return found;
    }

    private Optional<KeyColumn> best(double[] rest, boolean[] learned, int target,
            java.util.function.IntPredicate maySource) {
        double most = MIN_EXPLAINED;
        KeyColumn best = null;
        for (KeyColumn key : keys) {
            if (key.column() != target && key.used() > 1 && key.used() * MIN_ROWS_PER_KEY <= table.rows()
                    && maySource.test(key.column())) {
                double explained = explained(rest, learned, key);
                if (explained > most + (best == null ? 0 : .005)) {
                    most = explained;
                    best = key;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Returns the share of the variance that the levels explain. */
    private static double explained(double[] rest, boolean[] learned, KeyColumn key) {
        double[] means = means(rest, learned, key);
        double sum = 0;
        double squares = 0;
        double within = 0;
        int rows = 0;
        for (int place = 0; place < rest.length; place++) {
            int code = key.codes()[place];
            if (learned[place] && code < 0) {
                return 0;
            }
            if (learned[place] && !Double.isNaN(rest[place])) {
                sum += rest[place];
                squares += rest[place] * rest[place];
                double off = rest[place] - means[code];
                within += off * off;
                rows++;
            }
        }
        double all = squares - sum * sum / Math.max(1, rows);
        if (!areAlike(rest, learned, key, means)) {
            return 0;
        }
        return all <= 0 || rows <= key.used() ? 0 : 1 - within / all * (rows - 1) / (rows - key.used());
    }

    /** Returns whether the variance is similar around all levels. Otherwise the levels alone do not describe the column. */
    private static boolean areAlike(double[] rest, boolean[] learned, KeyColumn key, double[] means) {
        double[] squares = new double[means.length];
        int[] counts = new int[means.length];
        for (int place = 0; place < rest.length; place++) {
            int code = key.codes()[place];
            if (learned[place] && !Double.isNaN(rest[place])) {
                squares[code] += (rest[place] - means[code]) * (rest[place] - means[code]);
                counts[code]++;
            }
        }
        double min = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int code = 0; code < means.length; code++) {
            if (counts[code] >= MIN_ROWS_PER_KEY) {
                min = Math.min(min, squares[code] / counts[code]);
                most = Math.max(most, squares[code] / counts[code]);
            }
        }
        return min >= MIN_ALIKE * most;
    }

    private static double[] means(double[] rest, boolean[] learned, KeyColumn key) {
        double[] sums = new double[key.keys().size() + 1];
        int[] counts = new int[sums.length];
        double all = 0;
        int rows = 0;
        for (int place = 0; place < rest.length; place++) {
            int code = key.codes()[place];
            if (learned[place] && code >= 0 && !Double.isNaN(rest[place])) {
                sums[code] += rest[place];
                counts[code]++;
                all += rest[place];
                rows++;
            }
        }
        for (int code = 0; code < sums.length; code++) {
            sums[code] = counts[code] < RareNames.FEWEST_ROWS ? all / Math.max(1, rows) : sums[code] / counts[code];
        }
        return sums;
    }
}
