package io.freshet.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.apache.commons.statistics.distribution.NormalDistribution;

import io.freshet.stats.Correlations;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.NumberDictionary;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.TableSample;

/**
 * A Gaussian copula as textbooks have it, to compare with: normal numbers by the inverse distribution function, made
 * dependent by the Cholesky factor, turned into uniform ones by the distribution function, and these into values by a search
 * among quantiles or cumulated shares. It writes the same columns.
 */
final class TextbookCopula {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final int QUANTILES = 1024;

    private final SplittableRandom random = new SplittableRandom(1);
    private final double[][] cholesky;
    private final double[][] quantiles;
    private final double[][] cumulated;
    private final double[] z;
    private final double[] x;

    TextbookCopula(TableSample sample) {
        int columns = sample.schema().size();
        int rows = sample.rows().size();
        quantiles = new double[columns][];
        cumulated = new double[columns][];
        z = new double[columns];
        x = new double[columns];
        double[][] scores = new double[columns][];
        for (int c = 0; c < columns; c++) {
            double[] values = values(sample.rows().vector(c), rows);
            double[] sorted = Arrays.stream(values).sorted().toArray();
            if (isCategory(sample, c)) {
                cumulated[c] = cumulated(values);
            } else {
                quantiles[c] = IntStream.rangeClosed(0, QUANTILES).mapToDouble(k -> sorted[(int) ((rows - 1L) * k / QUANTILES)])
                        .toArray();
            }
            scores[c] = Arrays.stream(values).map(value -> NORMAL
                    .inverseCumulativeProbability((Math.abs(Arrays.binarySearch(sorted, value)) + .5) / (rows + 1))).toArray();
        }
        cholesky = Correlations.cholesky(Correlations.nearest(correlation(scores), 1e-4));
    }

    private static boolean isCategory(TableSample sample, int column) {
        return !sample.valueCounts().get(column).isEmpty();
    }

    private static double[] values(ColumnVector vector, int rows) {
        return IntStream.range(0, rows).mapToDouble(row -> vector instanceof NumberVector numbers ? numbers.values()[row]
                : vector instanceof CodedVector coded && coded.dictionary() instanceof NumberDictionary numbers
                        ? numbers.value(coded.codes()[row])
                        : ((CodedVector) vector).codes()[row])
                .toArray();
    }

    private static double[] cumulated(double[] codes) {
        double[] shares = new double[(int) Arrays.stream(codes).max().orElse(0) + 1];
        for (double code : codes) {
            shares[(int) code] += 1.0 / codes.length;
        }
        Arrays.parallelPrefix(shares, Double::sum);
        return shares;
    }

    private static double[][] correlation(double[][] scores) {
        int size = scores.length;
        double[][] correlation = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                double ab = 0;
                double aa = 0;
                double bb = 0;
                for (int i = 0; i < scores[a].length; i++) {
                    ab += scores[a][i] * scores[b][i];
                    aa += scores[a][i] * scores[a][i];
                    bb += scores[b][i] * scores[b][i];
                }
                correlation[a][b] = ab / Math.sqrt(aa * bb);
            }
        }
        return correlation;
    }

    /** The next rows. */
    void fill(RowBatch batch, int rows) {
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < z.length; c++) {
                z[c] = NORMAL.inverseCumulativeProbability(random.nextDouble(1e-16, 1));
            }
            for (int c = 0; c < z.length; c++) {
                double sum = 0;
                for (int k = 0; k <= c; k++) {
                    sum += cholesky[c][k] * z[k];
                }
                x[c] = NORMAL.cumulativeProbability(sum);
            }
            for (int c = 0; c < z.length; c++) {
                write(batch.vector(c), row, c, x[c]);
            }
        }
    }

    private void write(ColumnVector vector, int row, int column, double u) {
        if (cumulated[column] != null) {
            int found = Arrays.binarySearch(cumulated[column], u);
            ((CodedVector) vector).codes()[row] = Math.min(found < 0 ? -found - 1 : found, cumulated[column].length - 1);
            return;
        }
        double place = u * QUANTILES;
        int below = Math.min((int) place, QUANTILES - 1);
        double left = quantiles[column][below];
        double value = left + (place - below) * (quantiles[column][below + 1] - left);
        if (vector instanceof NumberVector numbers) {
            numbers.values()[row] = Math.round(value);
        } else {
            // numbers with few values: the place among them
            int code = (int) (u * ((CodedVector) vector).dictionary().size());
            ((CodedVector) vector).codes()[row] = code;
        }
    }
}
