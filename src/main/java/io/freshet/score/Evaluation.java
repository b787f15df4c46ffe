package io.freshet.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.freshet.stats.Philox;
import io.freshet.table.ColumnType;
import io.freshet.table.RowBatch;
import io.freshet.table.TableException;

/**
 * Compares synthetic rows with real ones. The ceiling of each score is the score of other real rows: the training rows or, if
 * there are none, a bootstrap sample of the real rows. It does not depend on the synthetic rows. Large tables are sampled, so
 * that time and memory are bounded.
 */
public final class Evaluation {

    private static final int MAX_PAIRED_COLUMNS = 512;
    /** The limit for rows times pairs of columns. */
    private static final double MAX_PAIR_CELLS = 1e9;
    private static final int MIN_PAIR_ROWS = 5_000;
    private static final int MAX_PRIVATE_ROWS = 1_000;
    private static final int MAX_REAL_ROWS = 20_000;
    private static final int RESAMPLING_TAG = 0x5C0E;

    private Evaluation() {
    }

    /**
     * Compares two tables.
     *
     * @param synthetic the synthetic rows. Their schema defines what is compared: numbers and dates as numbers, categories and
     *        booleans as categories, identifiers and free text by their form
     * @param training the rows to which the model was fitted, to detect whether synthetic rows are closer to them than to
     *        {@code real}
     * @param seed the seed of all random draws
     * @throws TableException if a real table does not match the schema, or if nothing can be compared
     */
    public static QualityReport compare(RowBatch real, RowBatch synthetic, Optional<RowBatch> training, long seed) {
        return compare(real, synthetic, training, Optional.empty(), seed);
    }

    /**
     * Compares two tables.
     *
     * @param target the column to predict in order to measure the usefulness of synthetic rows; empty for none
     * @throws TableException as {@link #compare(RowBatch, RowBatch, Optional, long)}, or if the target cannot be predicted
     */
    public static QualityReport compare(RowBatch real, RowBatch synthetic, Optional<RowBatch> training,
            Optional<String> target, long seed) {
        if (real.size() == 0 || synthetic.size() == 0 || training.isPresent() && training.get().size() == 0) {
            throw new TableException("nothing to compare: a table has no rows");
        }
        ComparedTables tables = ComparedTables.of(real, synthetic, training, seed);
        if (tables.drawn().isEmpty() && tables.texts().isEmpty()) {
            throw new TableException("nothing to compare: all columns are empty");
        }
        List<ComparedColumn> ceilings = ceilings(tables, seed);
        List<ColumnScore> shapes = new ArrayList<>();
        for (int c = 0; c < tables.drawn().size(); c++) {
            ComparedColumn column = tables.drawn().get(c);
            ColumnType type = synthetic.schema().column(synthetic.schema().indexOf(column.name())).type();
            shapes.add(score(column, Distributions.of(column, type), shape(ceilings.get(c))));
        }
        QualityReport.Sizes sizes = new QualityReport.Sizes(real.size(), synthetic.size(),
                training.map(RowBatch::size).orElse(0), ComparedTables.MAX_ROWS);
        return new QualityReport(sizes, shapes, pairs(tables.drawn(), ceilings, seed),
                tables.texts().stream().map(TextMetrics::score).toList(), privacy(tables, seed),
                tables.drawn().isEmpty() ? Optional.empty() : Optional.of(Detection.score(tables)),
                target.map(named -> Usefulness.score(tables, named)));
    }

    private static List<ComparedColumn> ceilings(ComparedTables tables, long seed) {
        if (!tables.trained().isEmpty() || tables.drawn().isEmpty()) {
            return tables.trained();
        }
        int rows = tables.drawn().get(0).realRows();
        int[] again = IntStream.range(0, rows)
                .map(i -> (int) (Philox.uniform(Philox.word(i, 0, RESAMPLING_TAG, seed)) * rows)).toArray();
        return tables.drawn().stream().map(column -> column.resampled(again)).toList();
    }

    private static double shape(ComparedColumn column) {
        if (column instanceof ComparedColumn.Continuous numbers) {
            return ColumnMetrics.ksComplement(numbers.real(), numbers.synthetic());
        }
        ComparedColumn.Discrete codes = (ComparedColumn.Discrete) column;
        return ColumnMetrics.tvComplement(codes.real(), codes.synthetic(), codes.levels());
    }

    private static ColumnScore score(ComparedColumn column, List<ColumnScore.Bar> bars, double ceiling) {
        double shape = shape(column);
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

    private static List<PairScore> pairs(List<ComparedColumn> columns, List<ComparedColumn> ceilings, long seed) {
        int paired = Math.min(columns.size(), MAX_PAIRED_COLUMNS);
        int rows = (int) Math.max(MIN_PAIR_ROWS, MAX_PAIR_CELLS / Math.max(1, paired * (paired - 1.0) / 2));
        List<PairedColumn> made = RowSelection.sample(columns.subList(0, paired), rows, rows, seed).stream()
                .map(PairedColumn::of).toList();
        List<PairedColumn> best = RowSelection.sample(ceilings.subList(0, paired), rows, rows, seed).stream()
                .map(PairedColumn::of).toList();
        List<PairScore> pairs = new ArrayList<>();
        for (int a = 0; a < paired; a++) {
            for (int b = a + 1; b < paired; b++) {
                PairedColumn first = made.get(a);
                PairedColumn second = made.get(b);
                pairs.add(new PairScore(columns.get(a).name(), columns.get(b).name(), first.metric(second),
                        first.similarity(second), best.get(a).similarity(best.get(b)), first.isAssociated(second)));
            }
        }
        return pairs;
    }

    private static PrivacyScores privacy(ComparedTables tables, long seed) {
        if (tables.drawn().isEmpty()) {
            return new PrivacyScores(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
                    Double.NaN, Double.NaN);
        }
        List<ComparedColumn> some = RowSelection.sample(tables.drawn(), MAX_REAL_ROWS, MAX_PRIVATE_ROWS, seed);
        List<ComparedColumn> learned = tables.againstTraining();
        double[] ranges = PrivacyMetrics.ranges(learned.isEmpty() ? some : learned);
        double[] distances = PrivacyMetrics.distances(some, MAX_PRIVATE_ROWS, ranges);
        List<ComparedColumn> random = some.stream().map(column -> RowSelection.random(column, MAX_PRIVATE_ROWS, seed))
                .toList();
        double baseline = PrivacyMetrics.baselineProtection(distances,
                PrivacyMetrics.distances(random, MAX_PRIVATE_ROWS, ranges));
        double median = PrivacyMetrics.median(distances);
        if (learned.isEmpty()) {
            return new PrivacyScores(PrivacyMetrics.newRows(some, MAX_PRIVATE_ROWS), median, baseline, Double.NaN, Double.NaN,
                    Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        // use equal numbers of both, because a larger table would be closer by chance
        int rows = Math.min(Math.min(learned.get(0).realRows(), tables.drawn().get(0).realRows()), MAX_REAL_ROWS);
        double overfitting = PrivacyMetrics.overfittingProtection(distances(learned, rows, ranges, seed),
                distances(tables.drawn(), rows, ranges, seed));
        return new PrivacyScores(
                PrivacyMetrics.newRows(RowSelection.sample(learned, MAX_REAL_ROWS, MAX_PRIVATE_ROWS, seed), MAX_PRIVATE_ROWS),
                median, baseline, overfitting, CopyMetrics.closer(tables.drawn(), learned), CopyMetrics.floor(tables.trained()),
                CopyMetrics.copies(learned), CopyMetrics.copiesFloor(tables.trained()),
                CopyMetrics.membership(tables.drawn(), learned));
    }

    private static double[] distances(List<ComparedColumn> columns, int realRows, double[] ranges, long seed) {
        return PrivacyMetrics.distances(RowSelection.sample(columns, realRows, MAX_PRIVATE_ROWS, seed), MAX_PRIVATE_ROWS,
                ranges);
    }
}
