package io.freshet.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.freshet.stats.BinnedColumns;
import io.freshet.stats.BoostedTrees;
import io.freshet.stats.RocCurve;
import io.freshet.table.TableException;

/**
 * Train on synthetic, test on real (C. Esteban, S. Hyland, G. Rätsch, 2017, arXiv:1706.02633). Gradient-boosted trees learn to
 * predict a column once from synthetic rows and once from the same number of real ones. Both are tested on other real rows.
 */
final class Usefulness {

    private static final int ROUNDS = 100;
    private static final int MAX_ROWS = 20_000;
    private static final double MAX_CELLS = 2e6;
    private static final long SEED = 0x05ef01L;

    private final BinnedColumns table;
    private final ComparedColumn target;
    private final int tested;

    /** @param target the target column; its real rows are for testing, its synthetic rows for learning */
    private Usefulness(List<ComparedColumn> predictors, ComparedColumn target) {
        this.table = Features.of(predictors);
        this.target = target;
        this.tested = target.realRows();
    }

    /**
     * Scores the rows of tables. If there are no training rows, one half of the real rows is for learning and the other for
     * testing.
     *
     * @throws TableException if the target is not among the compared columns, or if it is the only one
     */
    static UsefulnessScore score(ComparedTables tables, String target) {
        List<String> names = tables.drawn().stream().map(ComparedColumn::name).toList();
        if (!names.contains(target) || names.size() < 2) {
            throw new TableException("target must be one of the columns " + String.join(", ", names) + ", not " + target);
        }
        List<ComparedColumn> learned = tables.trained();
        List<ComparedColumn> drawn = tables.drawn();
        if (learned.isEmpty()) {
            learned = Detection.halves(tables.drawn());
            List<ComparedColumn> tests = learned;
            drawn = IntStream.range(0, names.size()).mapToObj(c -> withReal(tables.drawn().get(c), tests.get(c))).toList();
        }
        int allowed = (int) Math.max(1_000, Math.min(MAX_ROWS, MAX_CELLS / names.size()));
        int rows = Math.min(allowed, Math.min(learned.get(0).syntheticRows(), drawn.get(0).syntheticRows()));
        int at = names.indexOf(target);
        String metric = tables.drawn().get(at) instanceof ComparedColumn.Discrete ? "AUC" : "R2";
        Usefulness ofDrawn = of(drawn, at, allowed, rows);
        Usefulness ofReal = of(learned, at, allowed, rows);
        return new UsefulnessScore(target, metric, ofDrawn.score(), ofReal.score(), rows, rare(ofDrawn, ofReal));
    }

    private static Optional<UsefulnessScore.Rare> rare(Usefulness ofDrawn, Usefulness ofReal) {
        if (ofDrawn.target instanceof ComparedColumn.Discrete drawn && ofReal.target instanceof ComparedColumn.Discrete real) {
            int commonest = commonest(drawn);
            return Optional.of(new UsefulnessScore.Rare(rare(drawn.real(), commonest), rare(drawn.synthetic(), commonest),
                    rare(real.synthetic(), commonest)));
        }
        return Optional.empty();
    }

    private static int rare(int[] codes, int commonest) {
        return (int) Arrays.stream(codes).filter(code -> code >= 0 && code != commonest).count();
    }

    private static int commonest(ComparedColumn.Discrete codes) {
        int[] counts = new int[codes.levels()];
        Arrays.stream(codes.real()).filter(code -> code >= 0).forEach(code -> counts[code]++);
        return IntStream.range(0, counts.length).reduce((a, b) -> counts[b] > counts[a] ? b : a).orElse(0);
    }

    /** Returns the synthetic rows of one column with the real rows of another, in the same codes. */
    private static ComparedColumn withReal(ComparedColumn drawn, ComparedColumn real) {
        int[] all = IntStream.range(0, real.realRows()).toArray();
        return drawn.against(real.resampled(all));
    }

    private static Usefulness of(List<ComparedColumn> columns, int target, int tests, int rows) {
        List<ComparedColumn> some = RowSelection.sample(columns, tests, rows, SEED);
        List<ComparedColumn> predictors = new ArrayList<>(some);
        predictors.remove(target);
        return new Usefulness(predictors, some.get(target));
    }

    private double score() {
        return target instanceof ComparedColumn.Continuous numbers ? explained(numbers)
                : area((ComparedColumn.Discrete) target);
    }

    /** Returns the coefficient of determination. */
    private double explained(ComparedColumn.Continuous numbers) {
        double[] all = Arrays.copyOf(numbers.real(), table.rows());
        System.arraycopy(numbers.synthetic(), 0, all, tested, numbers.synthetic().length);
        BoostedTrees trees = BoostedTrees.regression(table, learn(row -> !Double.isNaN(all[row])), all, ROUNDS);
        int[] tests = IntStream.range(0, tested).filter(row -> !Double.isNaN(all[row])).toArray();
        double mean = Arrays.stream(tests).mapToDouble(row -> all[row]).average().orElse(0);
        double rest = 0;
        double spread = 0;
        for (int row : tests) {
            rest += (all[row] - trees.predict(row)) * (all[row] - trees.predict(row));
            spread += (all[row] - mean) * (all[row] - mean);
        }
        return spread > 0 ? 1 - rest / spread : Double.NaN;
    }

    private double area(ComparedColumn.Discrete codes) {
        int[] all = Arrays.copyOf(codes.real(), table.rows());
        System.arraycopy(codes.synthetic(), 0, all, tested, codes.synthetic().length);
        int commonest = commonest(codes);
        boolean[] isCommonest = new boolean[all.length];
        for (int row = 0; row < all.length; row++) {
            isCommonest[row] = all[row] == commonest;
        }
        BoostedTrees trees = BoostedTrees.classifier(table, learn(row -> all[row] >= 0), isCommonest, ROUNDS);
        return RocCurve.area(scores(trees, row -> all[row] >= 0 && !isCommonest[row]), scores(trees, row -> isCommonest[row]));
    }

    private int[] learn(IntPredicate isThere) {
        return IntStream.range(tested, table.rows()).filter(isThere).toArray();
    }

    private double[] scores(BoostedTrees trees, IntPredicate which) {
        return IntStream.range(0, tested).filter(which).mapToDouble(trees::predict).toArray();
    }
}
