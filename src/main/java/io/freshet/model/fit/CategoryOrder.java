package io.freshet.model.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.model.copula.LatentSpace;
import io.freshet.stats.SymmetricEigen;

/**
 * Orders the values of nominal columns so that a copula can represent their dependence: by their shrunken mean on the leading
 * direction in which the other columns differ between them. The scores of columns with many values are cross-fitted: each half
 * of the rows is scored in the order that was found on the other half. Otherwise, chance would be mistaken for dependence.
 */
final class CategoryOrder {

    private static final int SWEEPS = 3;
    private static final int MANY_VALUES = 8;
    private static final int MAX_OTHERS = 48;
    private static final int MAX_VALUES = 20_000;

    private enum Half {
        ALL,
        EVEN,
        ODD;

        boolean has(int row) {
            return this == ALL || (row & 1) == (this == EVEN ? 0 : 1);
        }
    }

    private final List<FittedColumn> columns;
    private final int rows;

    CategoryOrder(List<FittedColumn> columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    void arrange() {
        List<Integer> nominal = IntStream.range(0, columns.size())
                .filter(c -> columns.get(c).isNominal() && columns.get(c).size() <= MAX_VALUES).boxed()
                .sorted(Comparator.comparingInt(c -> columns.get(c).size())).toList();
        if (nominal.isEmpty() || columns.size() > LatentSpace.MAX_DEPENDENT) {
            return;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int c : nominal) {
                List<LatentScores> others = othersThan(c);
                if (!others.isEmpty()) {
                    arrange(columns.get(c), others, sweep == SWEEPS - 1);
                }
            }
        }
    }

    private List<LatentScores> othersThan(int column) {
        List<LatentScores> others = new ArrayList<>();
        for (int c = 0; c < columns.size() && others.size() < MAX_OTHERS; c++) {
            if (c != column && !related(columns.get(c), columns.get(column))) {
                columns.get(c).addScores(others);
            }
        }
        return others;
    }

    /** Returns whether columns are related within the copula; a dependence outside it does not matter for the order. */
    private static boolean related(FittedColumn one, FittedColumn other) {
        return one.parent() == other || other.parent() == one;
    }

    private void arrange(FittedColumn column, List<LatentScores> others, boolean last) {
        double[] direction = new double[others.size()];
        column.arrange(order(column, others, Half.ALL, direction));
        if (!last || column.size() <= MANY_VALUES) {
            return;
        }
        int[][] places = new int[2][];
        for (Half half : List.of(Half.EVEN, Half.ODD)) {
            int[] order = order(column, others, half, direction.clone());
            int[] place = new int[order.length];
            for (int i = 0; i < order.length; i++) {
                place[order[i]] = i;
            }
            places[half == Half.EVEN ? 1 : 0] = place;
        }
        column.useHonestPlaces(places);
    }

    /**
     * Returns the order of the values of a column.
     *
     * @param direction receives the leading direction; if it is not zero before, the new one is oriented like it
     */
    private int[] order(FittedColumn column, List<LatentScores> others, Half half, double[] direction) {
        GroupMeans means = new GroupMeans(column.size(), others.size());
        for (int row = 0; row < rows; row++) {
            int rank = column.rank(row);
            if (rank >= 0 && half.has(row)) {
                means.add(rank, others, row);
            }
        }
        means.centre();
        int size = others.size();
        double[][] between = means.between(others);
        SymmetricEigen eigen = SymmetricEigen.of(between);
        int leading = eigen.leading();
        turn(eigen.vector(leading), direction);
        double noise = 0;
        for (int k = 0; k < size; k++) {
            noise += direction[k] * direction[k] * others.get(k).variance();
        }
        double[] keys = means.keys(direction, noise / Math.max(eigen.value(leading), 1e-6));
        return IntStream.range(0, column.size()).boxed()
                .sorted(Comparator.<Integer> comparingDouble(g -> keys[g]).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue).toArray();
    }

    private static void turn(double[] vector, double[] direction) {
        double side = 0;
        int largest = 0;
        for (int k = 0; k < direction.length; k++) {
            side += direction[k] * vector[k];
            largest = Math.abs(vector[k]) > Math.abs(vector[largest]) ? k : largest;
        }
        if (side == 0) {
            side = vector[largest];
        }
        for (int k = 0; k < direction.length; k++) {
            direction[k] = side < 0 ? -vector[k] : vector[k];
        }
    }

    /** The mean scores of the other columns for each value of a column. */
    private static final class GroupMeans {

        private final double[][] sums;
        private final double[][] counts;
        private final double[] sizes;
        private double total;

        GroupMeans(int groups, int others) {
            sums = new double[groups][others];
            counts = new double[groups][others];
            sizes = new double[groups];
        }

        void add(int group, List<LatentScores> others, int row) {
            sizes[group]++;
            total++;
            for (int k = 0; k < others.size(); k++) {
                double score = others.get(k).value(row);
                if (!Double.isNaN(score)) {
                    sums[group][k] += score;
                    counts[group][k]++;
                }
            }
        }

        /** Converts the sums to means, minus the mean over all groups. */
        void centre() {
            for (int k = 0; k < sums[0].length; k++) {
                double sum = 0;
                double count = 0;
                for (int g = 0; g < sums.length; g++) {
                    sum += sums[g][k];
                    count += counts[g][k];
                }
                for (int g = 0; g < sums.length; g++) {
                    sums[g][k] = counts[g][k] > 0 ? sums[g][k] / counts[g][k] - sum / count : 0;
                }
            }
        }

        /** Returns the covariance between groups, with the expected contribution of chance removed from its diagonal. */
        double[][] between(List<LatentScores> others) {
            int size = others.size();
            double[][] between = new double[size][size];
            int groups = 0;
            for (int g = 0; g < sums.length; g++) {
                groups += sizes[g] > 0 ? 1 : 0;
                for (int a = 0; a < size; a++) {
                    double weighted = sizes[g] / Math.max(total, 1) * sums[g][a];
                    for (int b = 0; b < size; b++) {
                        between[a][b] += weighted * sums[g][b];
                    }
                }
            }
            for (int k = 0; k < size; k++) {
                between[k][k] -= others.get(k).variance() * (groups - 1) / Math.max(total, 1);
            }
            return between;
        }

        double[] keys(double[] direction, double shrinkage) {
            double[] keys = new double[sums.length];
            for (int g = 0; g < sums.length; g++) {
                double mean = 0;
                for (int k = 0; k < direction.length; k++) {
                    mean += sums[g][k] * direction[k];
                }
                keys[g] = mean * sizes[g] / (sizes[g] + shrinkage);
            }
            return keys;
        }
    }
}
