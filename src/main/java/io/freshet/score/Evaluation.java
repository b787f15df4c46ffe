package io.freshet.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.freshet.stats.Philox;
import io.freshet.table.RowBatch;
import io.freshet.table.TableException;

/**
 * Compares synthetic rows with real ones. The ceiling of each score is what the real rows reach against as many of themselves,
 * drawn with replacement. Privacy is judged on a part of the rows, because every row meets every other.
 */
public final class Evaluation {

    private static final int MOST_PAIRED_COLUMNS = 512;
    private static final int MOST_PRIVATE_ROWS = 1_000;
    private static final int MOST_REAL_ROWS = 20_000;
    private static final int RESAMPLING_TAG = 0x5C0E;

    private Evaluation() {
    }

    /**
     * @param synthetic its schema says what is compared: numbers and dates as numbers, categories and booleans as categories;
     *        keys and prose are left out
     * @param training the rows that were learned, to see whether synthetic rows are closer to them
     * @param seed of all that is drawn
     * @throws TableException if a real table does not fit the schema, or there is nothing to compare
     */
    public static QualityReport compare(RowBatch real, RowBatch synthetic, Optional<RowBatch> training, long seed) {
        List<ComparedColumn> columns = ComparedTables.compare(real, synthetic);
        if (columns.isEmpty() || real.size() == 0 || synthetic.size() == 0) {
            throw new TableException("there is nothing to compare: no rows, or only keys and texts");
        }
        int[] drawn = IntStream.range(0, synthetic.size())
                .map(i -> (int) (Philox.uniform(Philox.word(i, 0, RESAMPLING_TAG, seed)) * real.size())).toArray();
        List<ComparedColumn> ceilings = columns.stream().map(column -> column.resampled(drawn)).toList();
        List<ColumnScore> shapes = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            shapes.add(score(columns.get(c), shape(ceilings.get(c))));
        }
        return new QualityReport(real.size(), synthetic.size(), shapes, pairs(columns, ceilings),
                privacy(columns, training.map(learned -> ComparedTables.compare(learned, synthetic)), seed));
    }

    private static double shape(ComparedColumn column) {
        if (column instanceof ComparedColumn.Continuous numbers) {
            return ColumnMetrics.ksComplement(numbers.real(), numbers.synthetic());
        }
        ComparedColumn.Discrete codes = (ComparedColumn.Discrete) column;
        return ColumnMetrics.tvComplement(codes.real(), codes.synthetic(), codes.levels());
    }

    private static ColumnScore score(ComparedColumn column, double ceiling) {
        double shape = shape(column);
        List<ColumnScore.Bar> bars = Distributions.of(column);
        if (column instanceof ComparedColumn.Continuous numbers) {
            return new ColumnScore(column.name(), "KSComplement", shape, ceiling,
                    ColumnMetrics.boundaryAdherence(numbers.real(), numbers.synthetic()),
                    ColumnMetrics.rangeCoverage(numbers.real(), numbers.synthetic()),
                    ColumnMetrics.missingValueSimilarity(ColumnMetrics.missingShare(numbers.real()),
                            ColumnMetrics.missingShare(numbers.synthetic())),
                    bars);
        }
        ComparedColumn.Discrete codes = (ComparedColumn.Discrete) column;
        return new ColumnScore(column.name(), "TVComplement", shape, ceiling,
                ColumnMetrics.categoryAdherence(codes.real(), codes.synthetic(), codes.levels()),
                ColumnMetrics.categoryCoverage(codes.real(), codes.synthetic(), codes.levels()),
                ColumnMetrics.missingValueSimilarity(ColumnMetrics.missingShare(codes.real()),
                        ColumnMetrics.missingShare(codes.synthetic())),
                bars);
    }

    private static List<PairScore> pairs(List<ComparedColumn> columns, List<ComparedColumn> ceilings) {
        int paired = Math.min(columns.size(), MOST_PAIRED_COLUMNS);
        List<PairedColumn> made = new ArrayList<>();
        List<PairedColumn> best = new ArrayList<>();
        for (int c = 0; c < paired; c++) {
            made.add(PairedColumn.of(columns.get(c)));
            best.add(PairedColumn.of(ceilings.get(c)));
        }
        List<PairScore> pairs = new ArrayList<>();
        for (int a = 0; a < paired; a++) {
            for (int b = a + 1; b < paired; b++) {
                pairs.add(new PairScore(columns.get(a).name(), columns.get(b).name(), made.get(a).metric(made.get(b)),
                        made.get(a).similarity(made.get(b)), best.get(a).similarity(best.get(b))));
            }
        }
        return pairs;
    }

    private static PrivacyScores privacy(List<ComparedColumn> columns, Optional<List<ComparedColumn>> learned, long seed) {
        List<ComparedColumn> some = columns.stream().map(column -> RowSelection.first(column, MOST_REAL_ROWS)).toList();
        double[] ranges = PrivacyMetrics.ranges(learned.orElse(some));
        double[] distances = PrivacyMetrics.distances(some, MOST_PRIVATE_ROWS, ranges);
        List<ComparedColumn> random = some.stream().map(column -> RowSelection.random(column, MOST_PRIVATE_ROWS, seed))
                .toList();
        double[] randomDistances = PrivacyMetrics.distances(random, MOST_PRIVATE_ROWS, ranges);
        double overfitting = learned.map(training -> {
            // as many of both, or the larger table would be the closer one
            int rows = Math.min(Math.min(rows(columns), rows(training)), MOST_REAL_ROWS);
            return PrivacyMetrics.overfittingProtection(distances(training, rows, ranges), distances(columns, rows, ranges));
        }).orElse(Double.NaN);
        return new PrivacyScores(PrivacyMetrics.newRows(learned.orElse(some), MOST_PRIVATE_ROWS),
                PrivacyMetrics.median(distances),
                PrivacyMetrics.baselineProtection(distances, randomDistances), overfitting);
    }

    private static int rows(List<ComparedColumn> columns) {
        return PrivacyMetrics.Side.REAL.cells(columns.get(0)).length;
    }

    private static double[] distances(List<ComparedColumn> columns, int realRows, double[] ranges) {
        return PrivacyMetrics.distances(columns.stream().map(column -> RowSelection.first(column, realRows)).toList(),
                MOST_PRIVATE_ROWS, ranges);
    }
}
