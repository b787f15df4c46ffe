package io.freshet.model.tree;

import java.util.ArrayList;
import java.util.List;

import io.freshet.model.RowGenerator;
import io.freshet.model.marginal.TextValues;
import io.freshet.stats.Philox;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;

/** Draws the rows of a {@link TreeModel}, block by block and column by column. */
class TreeGenerator implements RowGenerator {

    /** Separates the random numbers of trees from those of other methods. */
    static final int TAG = 0x7ee5;

    final TreeModel model;
    final DrawnColumns drawn;
    final long seed;
    final long[] numbers = new long[DrawnColumns.MOST];
    final long[] choices = new long[DrawnColumns.MOST];
    final long[] within = new long[DrawnColumns.MOST];
    final long[][] scratch = Philox.scratch(DrawnColumns.MOST);
    private final int[] leaves = new int[DrawnColumns.MOST];
    private final int[] open = new int[DrawnColumns.MOST];

    TreeGenerator(TreeModel model, long seed) {
        this.model = model;
        this.drawn = new DrawnColumns(model);
        this.seed = seed;
    }

    @Override
    public RowBatch newBatch(int capacity) {
        List<ColumnVector> vectors = new ArrayList<>();
        model.columns().forEach(column -> vectors.add(column.newVector(capacity)));
        return RowBatch.wrap(model.schema(), vectors);
    }

    @Override
    public void fill(RowBatch batch, long firstRow, int rows) {
        batch.hold(firstRow, rows);
        for (int c = 0; c < model.columns().size(); c++) {
            int column = c;
            model.columns().get(c).pattern().ifPresent(
                    pattern -> new TextValues(pattern).fill(batch.vector(column), firstRow, rows, column, seed));
        }
        for (int at = 0; at < rows; at += DrawnColumns.MOST) {
            int size = Math.min(DrawnColumns.MOST, rows - at);
            for (int i = 0; i < size; i++) {
                numbers[i] = firstRow + at + i;
            }
            fillBlock(batch, at, size);
        }
    }

    void fillBlock(RowBatch batch, int at, int rows) {
        for (int k = 0; k < model.trees().size(); k++) {
            fillColumn(batch, k, at, rows);
        }
    }

    final void fillColumn(RowBatch batch, int k, int at, int rows) {
        ColumnTree tree = model.trees().get(k);
        int column = tree.column();
        Philox.block(numbers, column, TAG, seed, choices, within, scratch, rows);
        int[] codes = drawn.codes(column);
        tree.tree().leaves(drawn.ofTree(k), rows, leaves, open);
        tree.laws().draw(leaves, choices, rows, codes);
        drawn.decode(column, model.columns().get(column).segments(), within, batch.vector(column), at, rows);
    }
}
