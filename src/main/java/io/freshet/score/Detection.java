package io.freshet.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.freshet.stats.BinnedColumns;
import io.freshet.stats.BoostedTrees;
import io.freshet.stats.Philox;
import io.freshet.stats.RocCurve;
import io.freshet.table.RowBatch;
import io.freshet.table.TableException;

/**
 * The classifier two-sample test. Gradient-boosted trees learn to distinguish synthetic rows from real ones on four fifths of
 * both, and are tested on the rest, in five rounds. The score is the mean area under the ROC curve (D. Lopez-Paz and M. Oquab,
 * <i>Revisiting classifier two-sample tests</i>, ICLR 2017). Deterministic.
 */
public final class Detection {

    private static final int FOLDS = 5;
    private static final int ROUNDS = 60;
    private static final int MAX_ROWS = 6_000;
    private static final int MIN_ROWS = 500;
    private static final double MAX_CELLS = 5e5;
    private static final int FOLD_TAG = 0x5C0D;
    private static final long SEED = 0xde7ec7L;
    private static final int TELLING = 3;

    private final BinnedColumns table;
    private final int real;
    private final int[] fold;
    private final double[] gains;

    private Detection(BinnedColumns table, int real) {
        this.table = table;
        this.real = real;
        this.gains = new double[table.columns()];
        this.fold = IntStream.range(0, table.rows())
                .map(row -> (int) (Philox.uniform(Philox.word(row, 0, FOLD_TAG, SEED)) * FOLDS)).toArray();
    }

    /**
     * Returns how well a classifier distinguishes synthetic rows from real ones, as the area under the ROC curve.
     *
     * @param synthetic the synthetic rows; their schema defines what is compared, except identifiers and free text
     * @throws TableException if the real table does not match the schema, or if nothing can be compared
     */
    public static double auc(RowBatch real, RowBatch synthetic) {
        List<ComparedColumn> columns = ComparedTables.of(real, synthetic, Optional.empty(), SEED).drawn();
        if (columns.isEmpty()) {
            throw new TableException("nothing to compare: all columns are identifiers or free text");
        }
        return of(columns, Integer.MAX_VALUE).auc();
    }

    /** Returns a detection with equal numbers of real and synthetic rows, sampled if there are many. */
    private static Detection of(List<ComparedColumn> columns, int max) {
        int rows = rows(columns, max);
        List<ComparedColumn> some = RowSelection.sample(columns, rows, rows, SEED);
        return new Detection(Features.of(some), rows);
    }

    private static int rows(List<ComparedColumn> columns, int max) {
        int allowed = (int) Math.max(MIN_ROWS, Math.min(MAX_ROWS, MAX_CELLS / columns.size()));
        return Math.min(Math.min(allowed, max), Math.min(columns.get(0).realRows(), columns.get(0).syntheticRows()));
    }

    /**
     * Scores synthetic rows. The ceiling compares the training rows with the real ones or, if there are no training rows, one
     * half of the real rows with the other.
     */
    static DetectionScore score(ComparedTables tables) {
        Detection drawn = of(tables.drawn(), Integer.MAX_VALUE);
        double auc = drawn.auc();
        List<String> telling = IntStream.range(0, drawn.gains.length).boxed()
                .sorted(Comparator.comparing((Integer c) -> -drawn.gains[c])).limit(TELLING)
                .map(c -> tables.drawn().get(c).name()).toList();
        double ceiling = of(tables.trained().isEmpty() ? halves(tables.drawn()) : tables.trained(), drawn.real).auc();
        return new DetectionScore(auc, ceiling, drawn.real, telling);
    }

    /** Returns real rows against real rows: a random half takes the place of the synthetic ones. */
    static List<ComparedColumn> halves(List<ComparedColumn> columns) {
        int size = columns.get(0).realRows();
        int[] first = RowSelection.sample(size, size / 2, SEED);
        boolean[] taken = new boolean[size];
        for (int row : first) {
            taken[row] = true;
        }
        int[] second = IntStream.range(0, size).filter(row -> !taken[row]).toArray();
        return columns.stream().map(column -> column.resampled(second).rows(first, IntStream.range(0, second.length).toArray()))
                .toList();
    }

    private double auc() {
        double sum = 0;
        int folds = 0;
        for (int test = 0; test < FOLDS; test++) {
            double area = area(test);
            if (!Double.isNaN(area)) {
                sum += area;
                folds++;
            }
        }
        return folds == 0 ? Double.NaN : sum / folds;
    }

    private double area(int test) {
        int[] learn = IntStream.range(0, table.rows()).filter(row -> fold[row] != test).toArray();
        boolean[] second = new boolean[table.rows()];
        for (int row = real; row < second.length; row++) {
            second[row] = true;
        }
        BoostedTrees trees = BoostedTrees.classifier(table, learn, second, ROUNDS);
        double[] of = trees.gains();
        List<Double> ofReal = new ArrayList<>();
        List<Double> ofSynthetic = new ArrayList<>();
        for (int c = 0; c < of.length; c++) {
            gains[c] += of[c];
        }
        for (int row = 0; row < table.rows(); row++) {
            if (fold[row] == test) {
                (row < real ? ofReal : ofSynthetic).add(trees.predict(row));
            }
        }
        return RocCurve.area(ofReal.stream().mapToDouble(x -> x).toArray(), ofSynthetic.stream().mapToDouble(x -> x).toArray());
    }
}
