package io.freshet.model.tree;

import java.util.Arrays;

import io.freshet.stats.Philox;
import io.freshet.table.RowBatch;

/**
 * Draws rows that satisfy conditions. For each row it draws several proposals of the columns up to the last one with a
 * condition, and chooses one of them in proportion to its weight. Each proposal is addressed by (row, proposal), so a row
 * remains a pure function of its index.
 */
final class ConditionedTreeGenerator extends TreeGenerator {

    private final ConditionedTrees trees;
    private final Proposals proposals;
    private final double[] total = new double[DrawnColumns.MOST];
    /** The codes by position and row. */
    private final int[][] codes;
    private final long[][] chosenWithin;

    ConditionedTreeGenerator(TreeModel model, ConditionedTrees trees, long seed) {
        super(model, seed);
        this.trees = trees;
        this.proposals = new Proposals(trees, seed);
        this.codes = new int[trees.prefix()][DrawnColumns.MOST];
        this.chosenWithin = new long[trees.prefix()][DrawnColumns.MOST];
    }

    @Override
    void fillBlock(RowBatch batch, int at, int rows) {
        choose(rows);
        for (int k = 0; k < model.trees().size(); k++) {
            if (k < trees.prefix()) {
                writeChosen(batch, k, at, rows);
            } else {
                fillColumn(batch, k, at, rows);
            }
        }
    }

    private void choose(int rows) {
        Arrays.fill(total, 0, rows, 0);
        for (int m = 0; m < trees.proposals(); m++) {
            proposals.draw(numbers, rows, m);
            Philox.block(numbers, m, TAG + 1, seed, choices, within, scratch, rows);
            for (int i = 0; i < rows; i++) {
                double weight = proposals.weights()[i];
                total[i] += weight;
                if (Philox.uniform(choices[i]) * total[i] < weight) {
                    take(i);
                }
            }
        }
    }

    private void take(int row) {
        for (int k = 0; k < codes.length; k++) {
            codes[k][row] = proposals.codes(k)[row];
            chosenWithin[k][row] = proposals.within(k)[row];
        }
    }

    private void writeChosen(RowBatch batch, int k, int at, int rows) {
        int column = model.trees().get(k).column();
        System.arraycopy(codes[k], 0, drawn.codes(column), 0, rows);
        RestrictedTree restricted = trees.at(k);
        Segments segments = restricted == null ? model.columns().get(column).segments() : restricted.segments();
        drawn.decode(column, segments, chosenWithin[k], batch.vector(column), at, rows);
    }
}
