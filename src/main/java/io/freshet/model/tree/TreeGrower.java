package io.freshet.model.tree;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Grows the tree of one column on the sampled rows. */
final class TreeGrower {

    private static final int MAX_DEPTH = 48;
    /** The maximum number of values whose rows are described apart. */
    private static final int MAX_APART = 32;

    private final CodedTable table;

    TreeGrower(CodedTable table) {
        this.table = table;
    }

    /**
     * @param column the target
     * @param predictors the numbers of the predictors that the tree may split on
     * @param apart the number of a predictor for whose values the tree divides the rows first, or {@link Shrinkage#NONE}
     */
    Tree grow(int column, int[] predictors, int apart, int leafRows) {
        TargetClasses target = TargetClasses.of(table, column);
        int[] rows = IntStream.range(0, table.rows()).filter(row -> target.of(row) >= 0).toArray();
        return grow(target, rows, predictors, apart, leafRows);
    }

    /** @param rows the rows to grow on, each of which has a class; they are reordered */
    Tree grow(TargetClasses target, int[] rows, int[] predictors, int apart, int leafRows) {
        if (predictors.length == 0 || target.size() < 2) {
            return Tree.leaf();
        }
        SplitSearch search = new SplitSearch(table, target, new NameOrders(table, target), predictors, leafRows);
        TreeBuilder tree = new TreeBuilder(predictors);
        grow(tree, search, predictors, rows, IntStream.range(0, predictors.length)
                .filter(slot -> predictors[slot] == apart && !table.predictors().get(apart).ordered()).findFirst().orElse(-1),
                leafRows);
        return tree.build();
    }

    private void grow(TreeBuilder tree, SplitSearch search, int[] predictors, int[] rows, int apart, int leafRows) {
        int[] stack = new int[4 * (2 * MAX_DEPTH + 4 + MAX_APART)];
        int depth = 0;
        int rest = 0;
        int restRows = rows.length;
        if (apart >= 0) {
            for (int value : frequent(table.values(predictors[apart]), rows, 2 * leafRows)) {
                long[] mask = new long[table.predictors().get(predictors[apart]).size() + 63 >>> 6];
                mask[value >>> 6] = 1L << value;
                int middle = partition(rows, 0, restRows, table.values(predictors[apart]), mask);
                rest = tree.split(rest, apart, mask);
                depth = push(stack, depth, rest + 1, middle, restRows, 0);
                restRows = middle;
            }
        }
        depth = push(stack, depth, rest, 0, restRows, 0);
        while (depth > 0) {
            depth -= 4;
            int node = stack[depth];
            int from = stack[depth + 1];
            int to = stack[depth + 2];
            int level = stack[depth + 3];
            if (to - from < 2 * leafRows || level >= MAX_DEPTH || !search.search(rows, from, to, predictors)) {
                continue;
            }
            int left = tree.split(node, search.bestSlot(), search.bestMask());
            int middle = partition(rows, from, to, table.values(predictors[search.bestSlot()]), search.bestMask());
            depth = push(stack, depth, left + 1, middle, to, level + 1);
            depth = push(stack, depth, left, from, middle, level + 1);
        }
    }

    /** Returns the values that enough rows have, the rarest first, without the most frequent one. */
    private static int[] frequent(short[] values, int[] rows, int fewest) {
        int[] counts = new int[Short.MAX_VALUE + 1];
        for (int row : rows) {
            counts[values[row]]++;
        }
        int[] sorted = IntStream.range(0, counts.length).filter(value -> counts[value] >= fewest).boxed()
                .sorted(Comparator.comparingInt(value -> counts[value])).mapToInt(Integer::intValue).toArray();
        return Arrays.copyOf(sorted, Math.min(MAX_APART, Math.max(0, sorted.length - 1)));
    }

    private static int push(int[] stack, int depth, int node, int from, int to, int level) {
        stack[depth] = node;
        stack[depth + 1] = from;
        stack[depth + 2] = to;
        stack[depth + 3] = level;
        return depth + 4;
    }

    private static int partition(int[] rows, int from, int to, short[] values, long[] right) {
        int low = from;
        int high = to;
        while (low < high) {
            int value = values[rows[low]];
            if ((right[value >>> 6] >>> value & 1) == 0) {
                low++;
            } else {
                int swap = rows[--high];
                rows[high] = rows[low];
                rows[low] = swap;
            }
        }
        return low;
    }
}
