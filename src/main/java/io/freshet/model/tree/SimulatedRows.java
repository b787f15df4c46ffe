package io.freshet.model.tree;

import java.util.Arrays;
import java.util.List;

import io.freshet.stats.Permutation;
import io.freshet.stats.Philox;
import io.freshet.table.ColumnType;

/**
 * Rows that are drawn from a model while it is fitted, column by column, to estimate how often each leaf of the next tree will
 * be reached. The distributions of the leaves are then tilted so that the drawn shares of all codes match the table, although
 * the distributions are shrunk and the leaves come from a sample. Within a leaf, codes are drawn systematically, so that a few
 * ten thousand rows represent the shares of millions. Deterministic; confined to one thread.
 */
final class SimulatedRows {

    private static final int MAX_ROWS = 1 << 16;
    private static final int MIN_ROWS = 1 << 11;
    /** Small tables need fewer rows, because their own shares vary more. */
    private static final int PER_ROW = 2;
    private static final int FEW_ROWS = 1 << 13;
    private static final double MAX_CELLS = 8e6;
    private static final int TAG = 0x51b7;
    private static final long SEED = 0x51b7L;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final List<ColumnCodes> columns;
    private final List<Predictor> predictors;
    private final int rows;
    /** The values by predictor and row. */
    private final short[][] values;

    private SimulatedRows(List<ColumnCodes> columns, List<Predictor> predictors, int rows) {
        this.columns = columns;
        this.predictors = predictors;
        this.rows = rows;
        this.values = new short[predictors.size()][];
    }

    static SimulatedRows of(CodedTable table) {
        int needed = Math.max(FEW_ROWS, (int) Math.min(MAX_ROWS, (long) PER_ROW * table.rows()));
        int max = (int) Math.max(MIN_ROWS, Math.min(needed, MAX_CELLS / table.predictors().size()));
        return new SimulatedRows(table.columns(), table.predictors(), max);
    }

    /**
     * Tilts the distributions of a column and draws it.
     *
     * @param tree splits on columns that were drawn before
     * @param counts the number of rows of the table by leaf and code
     * @return the distributions that reproduce the shares of the table
     */
    LeafLaws draw(int column, Tree tree, double[] counts, Shrinkage shrinkage) {
        int codes = columns.get(column).size();
        int[] leaves = tree.leaves(values, rows);
        double[] laws = LeafLaws.probabilities(tree, codes, counts, shrinkage);
        double[] tilt = new double[codes];
        Arrays.fill(tilt, 1);
        if (tree.leaves() > 1) {
            double[] reached = new double[tree.leaves()];
            for (int leaf : leaves) {
                reached[leaf] += 1.0 / rows;
            }
            tilt = Raking.tilt(laws, reached, shares(counts, codes));
        }
        draw(column, leaves, tree.leaves(), tilted(laws, tilt));
        return LeafLaws.of(tree, tilt, counts, shrinkage);
    }

    private static double[] shares(double[] counts, int codes) {
        double[] shares = new double[codes];
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            shares[i % codes] += counts[i];
            sum += counts[i];
        }
        for (int code = 0; code < codes; code++) {
            shares[code] /= sum;
        }
        return shares;
    }

    /** Returns the tilted distributions by leaf and code, not normalised. */
    private static double[] tilted(double[] laws, double[] tilt) {
        double[] tilted = new double[laws.length];
        for (int i = 0; i < laws.length; i++) {
            tilted[i] = laws[i] * tilt[i % tilt.length];
        }
        return tilted;
    }

    private void draw(int column, int[] leaves, int ofTree, double[] laws) {
        int codes = columns.get(column).size();
        int[] begin = new int[ofTree + 1];
        for (int leaf : leaves) {
            begin[leaf + 1]++;
        }
        for (int leaf = 0; leaf < ofTree; leaf++) {
            begin[leaf + 1] += begin[leaf];
        }
        int[] next = begin.clone();
        int[] byLeaf = new int[rows];
        for (int row : shuffled(rows, SEED + column)) {
            byLeaf[next[leaves[row]]++] = row;
        }
        short[] drawn = new short[rows];
        for (int leaf = 0; leaf < ofTree; leaf++) {
            draw(byLeaf, begin[leaf], begin[leaf + 1], laws, leaf * codes, codes, Philox.uniform(word(leaf, column)), drawn);
        }
        setValues(column, drawn);
    }

    /**
     * Returns the numbers of all rows in an arbitrary order, by the shuffle of R. Durstenfeld, 1964, doi:10.1145/364520.364540.
     */
    private static int[] shuffled(int rows, long seed) {
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            int at = (int) ((Permutation.mix(seed + i * GOLDEN) >>> Integer.SIZE) * (i + 1) >>> Integer.SIZE);
            order[i] = order[at];
            order[at] = i;
        }
        return order;
    }

    private static long word(int item, int column) {
        return Philox.word(item, column, TAG, SEED);
    }

    /** Draws systematically, at evenly spaced positions of the distribution function. */
    private static void draw(int[] rows, int from, int to, double[] laws, int at, int codes, double offset, short[] drawn) {
        double sum = 0;
        for (int code = 0; code < codes; code++) {
            sum += laws[at + code];
        }
        int code = 0;
        double below = laws[at];
        for (int i = from; i < to; i++) {
            double place = (i - from + offset) / (to - from) * sum;
            while (below <= place && code < codes - 1) {
                code++;
                below += laws[at + code];
            }
            drawn[rows[i]] = (short) code;
        }
    }

    private void setValues(int column, short[] drawn) {
        ColumnCodes codes = columns.get(column);
        for (int p = 0; p < values.length; p++) {
            Predictor predictor = predictors.get(p);
            if (predictor.column() == column) {
                values[p] = predictor.part().isEmpty() ? drawn : parts(codes, predictor.part().get(), drawn, column);
            }
        }
    }

    private static short[] parts(ColumnCodes codes, SeasonalPart part, short[] drawn, int column) {
        long ticksPerDay = SeasonalPart.ticksPerDay(((ColumnType.DateTime) codes.column().type()).format());
        short[] parts = new short[drawn.length];
        for (int row = 0; row < parts.length; row++) {
            parts[row] = (short) (drawn[row] == codes.missing() ? part.size()
                    : part.of(codes.number(codes.segments().value(drawn[row], DrawnColumns.unit(word(MAX_ROWS + row, column)))),
                            ticksPerDay));
        }
        return parts;
    }
}
