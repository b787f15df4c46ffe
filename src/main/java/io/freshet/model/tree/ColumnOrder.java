package io.freshet.model.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.thread.SharedWork;
import io.freshet.thread.ThreadKind;

/**
 * Chooses the order in which columns are drawn. Greedily, the next column is the one that shares the most information with the
 * columns before it and, with less weight, with all others. Mutual information is estimated from classes of codes and corrected
 * for chance by half of the Miller–Madow term.
 */
final class ColumnOrder {

    private static final int MAX_CLASSES = 80;
    private static final int MAX_ROWS = 50_000;
    private static final double MAX_WORK = 1e9;
    private static final double WEIGHT_OF_ALL = .2;

    private final double[][] information;

    private ColumnOrder(double[][] information) {
        this.information = information;
    }

    static ColumnOrder of(CodedTable table, long seed) {
        int size = table.columns().size();
        double pairs = Math.max(1, size * (size - 1.0) / 2);
        int max = (int) Math.max(1_000, Math.min(MAX_ROWS, MAX_WORK / pairs));
        CodedTable some = table.rows(table.sample(max, seed));
        double[][] information = new double[size][size];
        List<double[]> lower = SharedWork.all(ThreadKind.FIT, size,
                a -> IntStream.range(0, a).mapToDouble(b -> information(some, a, b)).toArray());
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                information[a][b] = lower.get(a)[b];
                information[b][a] = lower.get(a)[b];
            }
        }
        return new ColumnOrder(information);
    }

    private static double information(CodedTable table, int a, int b) {
        int sizeA = Math.min(MAX_CLASSES, table.columns().get(a).size());
        int sizeB = Math.min(MAX_CLASSES, table.columns().get(b).size());
        if (sizeA < 2 || sizeB < 2) {
            return 0;
        }
        int[] both = new int[sizeA * sizeB];
        int[] classesA = classes(table.columns().get(a), sizeA);
        int[] classesB = classes(table.columns().get(b), sizeB);
        short[] codesA = table.codes(a);
        short[] codesB = table.codes(b);
        int rows = 0;
        for (int row = 0; row < table.rows(); row++) {
            if (codesA[row] >= 0 && codesB[row] >= 0) {
                both[classesA[codesA[row]] * sizeB + classesB[codesB[row]]]++;
                rows++;
            }
        }
        return information(both, sizeA, sizeB, rows);
    }

    /** Returns a class for each code. Rare names share a class, and so do neighbouring numbers. */
    private static int[] classes(ColumnCodes column, int size) {
        int[] classes = new int[column.size()];
        for (int code = 0; code < classes.length; code++) {
            classes[code] = column.kind().isOrdered() ? (int) ((long) code * size / classes.length)
                    : Math.min(code, size - 1);
        }
        return classes;
    }

    private static double information(int[] both, int sizeA, int sizeB, int rows) {
        double[] ofA = new double[sizeA];
        double[] ofB = new double[sizeB];
        for (int i = 0; i < both.length; i++) {
            ofA[i / sizeB] += both[i];
            ofB[i % sizeB] += both[i];
        }
        double sum = 0;
        for (int i = 0; i < both.length; i++) {
            if (both[i] > 0) {
                sum += both[i] * StrictMath.log(both[i] * (double) rows / (ofA[i / sizeB] * ofB[i % sizeB]));
            }
        }
        double chance = (used(ofA) - 1.0) * (used(ofB) - 1.0) / 4;
        return rows == 0 ? 0 : Math.max(0, (sum - chance) / rows);
    }

    private static int used(double[] counts) {
        int used = 0;
        for (double count : counts) {
            used += count > 0 ? 1 : 0;
        }
        return used;
    }

    /**
     * Returns all columns in the order in which they are drawn.
     *
     * @param first the column to begin with, or −1
     */
    int[] order(int first) {
        int size = information.length;
        double[] withAll = new double[size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                withAll[a] += information[a][b];
            }
        }
        double[] score = new double[size];
        for (int c = 0; c < size; c++) {
            score[c] = c == first ? Double.POSITIVE_INFINITY : WEIGHT_OF_ALL * withAll[c];
        }
        boolean[] taken = new boolean[size];
        int[] order = new int[size];
        for (int k = 0; k < size; k++) {
            int best = -1;
            for (int c = 0; c < size; c++) {
                best = !taken[c] && (best < 0 || score[c] > score[best]) ? c : best;
            }
            order[k] = best;
            taken[best] = true;
            for (int c = 0; c < size; c++) {
                score[c] += information[best][c];
            }
        }
        return order;
    }

    /** Returns those of the given columns that carry the most information about a column, the best first. */
    List<Integer> best(int column, List<Integer> among, int max) {
        List<Integer> sorted = new ArrayList<>(among);
        sorted.sort((a, b) -> Double.compare(information[column][b], information[column][a]));
        return sorted.subList(0, Math.min(max, sorted.size()));
    }
}
