package io.freshet.model.tree;

import org.jspecify.annotations.Nullable;

/**
 * Finds the best split of the rows of a node. For names as target, it is the split that lowers the Gini impurity most. For
 * numbers, it is the one that most lowers the summed variances of all cumulative shares (the continuous ranked probability
 * score), so that spread and shape count as well as the mean. In a node with few rows, a split must gain several times as much
 * as a random one, so that leaves become small only where the evidence is clear; in a small table every split must gain still
 * more, because its rows would otherwise be learned by heart.
 */
final class SplitSearch {

    private static final int FEW_ROWS = 500;
    /** A table with fewer rows is small. */
    private static final int SMALL_TABLE_ROWS = 2_000;
    /** The required gain, as a multiple of the expected gain of a random split, which is the impurity divided by the rows. */
    private static final double MIN_GAIN = 2.5;
    private static final double MIN_GAIN_IN_SMALL_TABLES = 4;

    private final CodedTable table;
    private final TargetClasses target;
    private final int leafRows;
    private final int size;
    private final int[] histogram;
    private final int[] counts;
    private final int[] left;
    private final int[] all;
    private final int[] used;
    private final double[] score;
    private final NameOrders orders;

    private double bestGain;
    private int bestPredictor;
    private long @Nullable [] bestMask;

    SplitSearch(CodedTable table, TargetClasses target, NameOrders orders, int[] predictors, int leafRows) {
        this.table = table;
        this.target = target;
        this.orders = orders;
        this.leafRows = leafRows;
        this.size = target.size();
        int widest = 1;
        for (int predictor : predictors) {
            widest = Math.max(widest, table.predictors().get(predictor).size());
        }
        histogram = new int[widest * size];
        counts = new int[widest];
        used = new int[widest];
        score = new double[widest];
        left = new int[size];
        all = new int[size];
    }

    /**
     * Searches for the best split of some rows.
     *
     * @return whether there is an acceptable split
     */
    boolean search(int[] rows, int from, int to, int[] predictors) {
        bestGain = 0;
        bestMask = null;
        java.util.Arrays.fill(all, 0);
        for (int i = from; i < to; i++) {
            all[target.of(rows[i])]++;
        }
        int rowsHere = to - from;
        double before = impurity(all, rowsHere);
        if (before <= 0) {
            return false;
        }
        for (int slot = 0; slot < predictors.length; slot++) {
            search(rows, from, to, predictors[slot], slot, -before);
        }
        return bestMask != null && bestGain > minGain(rowsHere) * before / rowsHere;
    }

    private double minGain(int rowsHere) {
        if (table.rows() < SMALL_TABLE_ROWS) {
            return MIN_GAIN_IN_SMALL_TABLES;
        }
        return rowsHere > FEW_ROWS ? 0 : MIN_GAIN;
    }

    /** Returns the impurity of the classes, which is 0 if all rows are of one class. */
    private double impurity(int[] classes, int rows) {
        double squares = 0;
        double max = 0;
        long sum = 0;
        for (int k = 0; k < size; k++) {
            sum += classes[k];
            double counted = target.ordered() ? sum : classes[k];
            squares += counted * counted;
            max += counted;
        }
        return max - squares / rows;
    }

    private void search(int[] rows, int from, int to, int predictor, int slot, double before) {
        short[] values = table.values(predictor);
        int distinct = 0;
        for (int i = from; i < to; i++) {
            int value = values[rows[i]];
            if (counts[value]++ == 0) {
                used[distinct++] = value;
            }
            histogram[value * size + target.of(rows[i])]++;
        }
        Predictor of = table.predictors().get(predictor);
        if (distinct > 1) {
            arrange(of, predictor, distinct);
            scan(of, slot, distinct, to - from, before);
        }
        for (int i = 0; i < distinct; i++) {
            counts[used[i]] = 0;
            java.util.Arrays.fill(histogram, used[i] * size, (used[i] + 1) * size, 0);
        }
    }

    /** Sorts the values that occur into the order in which they may be divided. */
    private void arrange(Predictor of, int predictor, int distinct) {
        if (of.ordered()) {
            java.util.Arrays.sort(used, 0, distinct);
            return;
        }
        boolean byMean = target.ordered() || size <= 2;
        double[] global = byMean ? score : orders.of(predictor);
        for (int i = 0; i < distinct; i++) {
            int value = used[i];
            score[value] = byMean ? mean(value) : global[value];
        }
        // insertion sort: most nodes have few names
        for (int i = 1; i < distinct; i++) {
            int value = used[i];
            int at = i;
            while (at > 0 && (score[used[at - 1]] > score[value]
                    || score[used[at - 1]] == score[value] && used[at - 1] > value)) {
                used[at] = used[at - 1];
                at--;
            }
            used[at] = value;
        }
    }

    private double mean(int value) {
        long sum = 0;
        for (int k = 1; k < size; k++) {
            sum += (long) k * histogram[value * size + k];
        }
        return (double) sum / counts[value];
    }

    private void scan(Predictor of, int slot, int distinct, int rowsHere, double before) {
        java.util.Arrays.fill(left, 0);
        int rowsLeft = 0;
        int cut = -1;
        for (int i = 0; i < distinct - 1; i++) {
            int value = used[i];
            for (int k = 0; k < size; k++) {
                left[k] += histogram[value * size + k];
            }
            rowsLeft += counts[value];
            if (rowsHere - rowsLeft < leafRows) {
                break;
            }
            if (rowsLeft >= leafRows) {
                double gain = gain(rowsLeft, rowsHere) - before;
                if (gain > bestGain + 1e-9) {
                    bestGain = gain;
                    cut = i;
                }
            }
        }
        if (cut >= 0) {
            bestPredictor = slot;
            bestMask = of.ordered() ? from(used[cut + 1], of.size()) : names(of, cut, distinct);
        }
    }

    /** Returns the negated impurity of both sides. */
    private double gain(int rowsLeft, int rowsHere) {
        double squaresLeft = 0;
        double squaresRight = 0;
        double max = 0;
        long sumLeft = 0;
        long sumAll = 0;
        boolean ordered = target.ordered();
        for (int k = 0; k < size; k++) {
            sumLeft = ordered ? sumLeft + left[k] : left[k];
            sumAll = ordered ? sumAll + all[k] : all[k];
            double right = sumAll - sumLeft;
            squaresLeft += (double) sumLeft * sumLeft;
            squaresRight += right * right;
            max += sumAll;
        }
        return squaresLeft / rowsLeft + squaresRight / (rowsHere - rowsLeft) - max;
    }

    /** Returns all values from this one on. */
    private static long[] from(int value, int size) {
        long[] mask = new long[size + 63 >>> 6];
        for (int v = value; v < size; v++) {
            mask[v >>> 6] |= 1L << v;
        }
        return mask;
    }

    /** Returns the names after the cut. Names that do not occur go with the larger side. */
    private long[] names(Predictor of, int cut, int distinct) {
        int rowsLeft = 0;
        int rowsRight = 0;
        long[] mask = new long[of.size() + 63 >>> 6];
        for (int i = 0; i < distinct; i++) {
            rowsLeft += i <= cut ? counts[used[i]] : 0;
            rowsRight += i > cut ? counts[used[i]] : 0;
        }
        if (rowsRight > rowsLeft) {
            for (int v = 0; v < of.size(); v++) {
                mask[v >>> 6] |= counts[v] == 0 ? 1L << v : 0;
            }
        }
        for (int i = cut + 1; i < distinct; i++) {
            mask[used[i] >>> 6] |= 1L << used[i];
        }
        return mask;
    }

    /** Returns the slot of the predictor of the best split. */
    int bestSlot() {
        return bestPredictor;
    }

    /** Returns the bits of the values that go right. */
    long[] bestMask() {
        return java.util.Objects.requireNonNull(bestMask);
    }
}
