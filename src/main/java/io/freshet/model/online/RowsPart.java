package io.freshet.model.online;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.freshet.model.marginal.PartColumn;
import io.freshet.stats.NormalScores;

/** Rows as a component of a mixture. */
final class RowsPart implements MixturePart {

    private final double weight;
    private final List<NewColumn> columns;
    private final int[] rows;

    /** @param rows the new rows that belong to the part, at least one */
    RowsPart(double weight, List<NewColumn> columns, int[] rows) {
        this.weight = weight;
        this.columns = columns;
        this.rows = rows;
    }

    /** @param values by row; NaN if there is none */
    @SuppressWarnings("ArrayRecordComponent")
    record Scores(double[] values) implements PartScores {
    }

    @Override
    public double weight() {
        return weight;
    }

    /** Returns the rows that belong to the part. */
    int[] rows() {
        return rows;
    }

    /** Returns the values of all new rows, including those that do not belong to the part. */
    NewColumn values(int column) {
        return columns.get(column);
    }

    @Override
    public PartColumn column(int index) {
        NewColumn column = columns.get(index);
        int present = 0;
        TreeMap<Double, Integer> numbers = new TreeMap<>();
        TreeMap<String, Integer> texts = new TreeMap<>();
        for (int row : rows) {
            String text = column.text(row);
            if (text != null) {
                texts.merge(text, 1, Integer::sum);
            } else if (!Double.isNaN(column.number(row))) {
                numbers.merge(column.number(row), 1, Integer::sum);
            }
            present += column.isMissing(row) ? 0 : 1;
        }
        double all = present;
        double missing = 1 - all / rows.length;
        return texts.isEmpty()
                ? PartColumn.ofRows(missing, numbers.keySet().stream().mapToDouble(Double::doubleValue).toArray(), List.of(),
                        numbers.values().stream().mapToDouble(Integer::doubleValue).toArray())
                : PartColumn.ofRows(missing, new double[0], new ArrayList<>(texts.keySet()),
                        texts.values().stream().mapToDouble(Integer::doubleValue).toArray());
    }

    @Override
    public PartScores scores(MixtureColumn column, boolean ofMissing) {
        NewColumn values = columns.get(column.index());
        MixtureGroups groups = column.groups();
        if (groups != null && !ofMissing) {
            return new Scores(IntStream.of(rows).mapToDouble(row -> groups.score(values, columns.get(groups.parent()), row))
                    .toArray());
        }
        NormalScores scores = ofMissing ? column.missingScores() : column.valueScores();
        double[] byRow = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            if (ofMissing) {
                byRow[i] = scores.score(values.isMissing(rows[i]) ? 1 : 0);
            } else {
                int rank = values.isMissing(rows[i]) ? -1 : rank(column, values, rows[i]);
                byRow[i] = rank < 0 ? Double.NaN : scores.score(rank);
            }
        }
        return new Scores(byRow);
    }

    private static int rank(MixtureColumn column, NewColumn values, int row) {
        @Nullable
        String text = values.text(row);
        return text != null ? column.rank(text) : column.rank(values.number(row));
    }

    @Override
    public PairMoments moments(PartScores first, PartScores second) {
        double[] a = ((Scores) first).values;
        double[] b = ((Scores) second).values;
        double[] sums = new double[5];
        int both = 0;
        for (int i = 0; i < a.length; i++) {
            if (!Double.isNaN(a[i] + b[i])) {
                both++;
                sums[0] += a[i];
                sums[1] += b[i];
                sums[2] += a[i] * a[i];
                sums[3] += b[i] * b[i];
                sums[4] += a[i] * b[i];
            }
        }
        double n = Math.max(1, both);
        Arrays.setAll(sums, k -> sums[k] / n);
        return new PairMoments(both / (double) a.length, sums[0], sums[1], sums[2], sums[3], sums[4]);
    }

    /**
     * Returns, for each category of a column, the mean score that the other columns of its rows suggest, by the dependence of a
     * model.
     */
    Map<String, Double> suggested(List<MixtureColumn> all, int index, ModelPart model) {
        Map<String, double[]> sums = new HashMap<>();
        for (int row : rows) {
            String text = columns.get(index).text(row);
            if (text != null) {
                double[] sum = sums.computeIfAbsent(text, key -> new double[2]);
                sum[0] += suggestion(all, index, model, row);
                sum[1]++;
            }
        }
        Map<String, Double> means = new HashMap<>();
        sums.forEach((text, sum) -> means.put(text, sum[0] / sum[1]));
        return means;
    }

    private double suggestion(List<MixtureColumn> all, int index, ModelPart model, int row) {
        double sum = 0;
        double squares = 0;
        for (int other = 0; other < all.size(); other++) {
            double correlation = other == index ? 0 : model.correlationOf(index, other);
            int rank = correlation == 0 || columns.get(other).isMissing(row) ? -1
                    : rank(all.get(other), columns.get(other), row);
            if (rank >= 0) {
                sum += correlation * all.get(other).valueScores().score(rank);
                squares += correlation * correlation;
            }
        }
        return squares > 0 ? sum / squares : 0;
    }
}
