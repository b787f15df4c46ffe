package io.freshet.model.fit;

import java.util.ArrayList;
import java.util.List;

import io.freshet.model.Conditions;
import io.freshet.model.RowGenerator;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;

/**
 * Counts how often values of two columns occur together, for all pairs of some columns. Numbers are grouped into about ten
 * classes of equal share; missing values are a class of their own.
 */
final class PairContingency {

    private static final int MAX_COLUMNS = 24;
    private static final int CLASSES = 10;
    private static final int MAX_CLASSES = 64;

    /** The columns that take part, and the classes of their values. */
    private final List<FittedColumn> columns = new ArrayList<>();
    private final List<Integer> indices = new ArrayList<>();
    private final double[][][] shares;

    private PairContingency(List<FittedColumn> all, int[] rows) {
        for (int c = 0; c < all.size() && columns.size() < MAX_COLUMNS; c++) {
            if (all.get(c).size() > 1) {
                columns.add(all.get(c));
                indices.add(c);
            }
        }
        int[][] classes = new int[columns.size()][rows.length];
        for (int k = 0; k < classes.length; k++) {
            int[] classOf = classOf(columns.get(k));
            for (int i = 0; i < rows.length; i++) {
                int rank = columns.get(k).rank(rows[i]);
                classes[k][i] = rank < 0 ? 0 : classOf[rank];
            }
        }
        shares = shares(classes, rows.length);
    }

    static PairContingency of(List<FittedColumn> columns, int[] rows) {
        return new PairContingency(columns, rows);
    }

    /** Returns the class of each rank, from 1: one class per value if there are few, otherwise classes of about equal mass. */
    private static int[] classOf(FittedColumn column) {
        int size = column.size();
        int[] classOf = new int[size];
        double total = 0;
        for (int rank = 0; rank < size; rank++) {
            total += column.mass(rank);
        }
        double before = 0;
        for (int rank = 0; rank < size; rank++) {
            classOf[rank] = 1 + (size < MAX_CLASSES && column.isNominal() || size <= CLASSES ? rank
                    : (int) Math.min(CLASSES - 1, before / total * CLASSES));
            before += column.mass(rank);
        }
        return classOf;
    }

    private static double[][][] shares(int[][] classes, int rows) {
        double[][][] shares = new double[classes.length][][];
        for (int a = 0; a < classes.length; a++) {
            shares[a] = new double[a][MAX_CLASSES * MAX_CLASSES];
            for (int b = 0; b < a; b++) {
                for (int i = 0; i < rows; i++) {
                    shares[a][b][classes[a][i] * MAX_CLASSES + classes[b][i]] += 1.0 / rows;
                }
            }
        }
        return shares;
    }

    /** Returns the mean over all pairs of one minus the total variation distance to rows drawn from a model; 1 is perfect. */
    double similarity(GaussianCopula model, int draws) {
        RowGenerator generator = model.generator(draws, Conditions.none());
        RowBatch batch = generator.newBatch(draws);
        generator.fill(batch, 0, draws);
        int[][] classes = new int[columns.size()][];
        for (int k = 0; k < classes.length; k++) {
            classes[k] = classes(columns.get(k), batch.vector(indices.get(k)), draws);
        }
        double[][][] drawn = shares(classes, draws);
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < shares.length; a++) {
            for (int b = 0; b < a; b++) {
                double distance = 0;
                for (int cell = 0; cell < shares[a][b].length; cell++) {
                    distance += Math.abs(shares[a][b][cell] - drawn[a][b][cell]);
                }
                sum += 1 - distance / 2;
                pairs++;
            }
        }
        return pairs == 0 ? 1 : sum / pairs;
    }

    private static int[] classes(FittedColumn column, ColumnVector vector, int rows) {
        int[] classOf = classOf(column);
        int[] classes = new int[rows];
        for (int row = 0; row < rows; row++) {
            if (vector.isMissing(row)) {
                continue;
            }
            if (vector instanceof CodedVector coded) {
                classes[row] = classOf[coded.codes()[row]];
            } else {
                double number = vector instanceof NumberVector numbers ? numbers.values()[row]
                        : ((FloatingVector) vector).values()[row];
                classes[row] = classOf[column.rankAtMost(number)];
            }
        }
        return classes;
    }
}
