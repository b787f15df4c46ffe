package io.freshet.model.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.freshet.model.SynthesisMethod;
import io.freshet.model.copula.CopulaStratum;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.marginal.ColumnModel;

/**
 * Finds the pivots that improve a model: columns by whose values the rows are divided into strata with a copula each.
 * Candidates are fitted to one half of some rows and judged by how well the pairs of columns in their drawn rows agree with the
 * other half, so that a division that only describes chance does not win. Greedy: the best pivot, then the best one to add.
 */
final class StrataSearch {

    private static final int MAX_COLUMNS = 64;
    /** The maximum number of levels of a pivot in a table of many columns, and in one of few: each level costs a copula. */
    private static final int MIN_LEVELS = 24;
    private static final int MAX_LEVELS = 100;
    private static final int LEVELS_TIMES_COLUMNS = 1500;
    private static final int MAX_CANDIDATES = 8;
    private static final int MAX_PIVOTS = 3;
    private static final int MAX_ROWS = 12_000;
    private static final int FEWEST_ROWS = 3 * Strata.FEWEST_ROWS;
    private static final double MIN_GAIN = .002;
    private static final int DRAWS_PER_ROW = 2;

    private final List<FittedColumn> columns;
    private final CopulaStratum all;
    private final List<FittedColumn> half;
    private final List<ColumnModel> marginals;
    private final int[] learned;
    private final int[] judged;

    /** @param all a copula of all rows; columns with strong dependence in it become candidates */
    StrataSearch(List<FittedColumn> columns, CopulaStratum all) {
        this.columns = columns;
        this.all = all;
        int used = Math.min(columns.get(0).rows(), MAX_ROWS);
        this.learned = IntStream.range(0, used).filter(row -> (row & 1) == 0).toArray();
        this.half = FittedColumn.within(columns, learned);
        this.marginals = columns.stream().map(FittedColumn::model).map(ColumnModel::overall).toList();
        this.judged = IntStream.range(0, used).filter(row -> (row & 1) == 1).toArray();
    }

    Strata best() {
        int rows = columns.get(0).rows();
        Strata best = Strata.one(rows);
        List<FittedColumn> candidates = candidates();
        if (rows < FEWEST_ROWS || columns.size() > MAX_COLUMNS || columns.size() < 3 || candidates.isEmpty()) {
            return best;
        }
        PairContingency real = PairContingency.of(columns, judged);
        double score = score(best, real);
        List<FittedColumn> pivots = List.of();
        while (pivots.size() < MAX_PIVOTS) {
            Map<Double, List<FittedColumn>> scores = new TreeMap<>();
            for (FittedColumn candidate : candidates) {
                if (!pivots.contains(candidate)) {
                    List<FittedColumn> more = new ArrayList<>(pivots);
                    more.add(candidate);
                    scores.putIfAbsent(score(Strata.of(more, rows), real), more);
                }
            }
            Map.Entry<Double, List<FittedColumn>> leading = ((TreeMap<Double, List<FittedColumn>>) scores).lastEntry();
            if (leading == null || leading.getKey() < score + MIN_GAIN) {
                break;
            }
            score = leading.getKey();
            pivots = leading.getValue();
            best = Strata.of(pivots, rows);
        }
        return best;
    }

    /** Returns the columns with few values on which the others depend most. */
    private List<FittedColumn> candidates() {
        Map<FittedColumn, Double> strength = new java.util.LinkedHashMap<>();
        int levels = Math.min(MAX_LEVELS, Math.max(MIN_LEVELS, LEVELS_TIMES_COLUMNS / columns.size()));
        for (int c = 0; c < columns.size(); c++) {
            int dimension = all.latent().valueDimension()[c];
            if (columns.get(c).hasLevels(levels) && dimension >= 0 && dimension < all.latent().dependent()) {
                double sum = 0;
                for (double correlation : all.correlation()[dimension]) {
                    sum += correlation * correlation;
                }
                strength.put(columns.get(c), sum);
            }
        }
        return strength.entrySet().stream()
                .sorted(Map.Entry.<FittedColumn, Double> comparingByValue(Comparator.reverseOrder()))
                .limit(MAX_CANDIDATES).map(Map.Entry::getKey).toList();
    }

    private double score(Strata strata, PairContingency real) {
        List<CopulaStratum> parts = ModelFitter.strata(half, strata.within(learned));
        GaussianCopula model = new GaussianCopula(SynthesisMethod.GAUSSIAN_COPULA, marginals, parts, learned.length);
        return real.similarity(model, DRAWS_PER_ROW * judged.length);
    }
}
