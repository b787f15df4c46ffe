package io.freshet.model.tree;

import java.util.List;
import java.util.Optional;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnType;
import io.freshet.table.ColumnVector;
import io.freshet.table.FloatingVector;
import io.freshet.table.NumberVector;

/** The predictor values and codes of the block of rows that is being drawn. Mutable working memory; not thread-safe. */
final class DrawnColumns {

    /** The largest number of rows in a block. */
    static final int MOST = 256;

    private final List<ColumnCodes> columns;
    private final List<Predictor> predictors;
    /** The values by predictor and row. */
    private final int[][] values;
    /** For each column, the number of the predictor that holds its codes. */
    private final int[] codesOf;
    /** For each predictor, whether a tree splits on it. */
    private final boolean[] used;
    /** The values of the predictors by tree and slot. */
    private final int[][][] ofTree;
    private final long[] ticksPerDay;
    /** For each column, whether a tree splits on parts of its dates. */
    private final boolean[] needsParts;
    /** The values of the most recently decoded column, by row. */
    private final double[] decoded = new double[MOST];

    DrawnColumns(TreeModel model) {
        this.columns = model.columns();
        this.predictors = model.predictors();
        this.values = new int[predictors.size()][MOST];
        this.codesOf = new int[columns.size()];
        this.used = new boolean[predictors.size()];
        this.ofTree = new int[model.trees().size()][][];
        this.ticksPerDay = new long[columns.size()];
        for (int p = 0; p < predictors.size(); p++) {
            if (predictors.get(p).part().isEmpty()) {
                codesOf[predictors.get(p).column()] = p;
            }
        }
        for (int k = 0; k < ofTree.length; k++) {
            Tree tree = model.trees().get(k).tree();
            ofTree[k] = new int[tree.predictors().length][];
            for (int slot = 0; slot < ofTree[k].length; slot++) {
                ofTree[k][slot] = values[tree.predictors()[slot]];
            }
            for (int node = 0; node < tree.nodes(); node++) {
                if (!tree.isLeaf(node)) {
                    used[tree.predictor(node)] = true;
                }
            }
        }
        this.needsParts = needsParts(columns.size(), predictors, used);
        for (int c = 0; c < ticksPerDay.length; c++) {
            ticksPerDay[c] = columns.get(c).column().type() instanceof ColumnType.DateTime type
                    ? SeasonalPart.ticksPerDay(type.format())
                    : 1;
        }
    }

    /** Returns the codes of a column by row. */
    int[] codes(int column) {
        return values[codesOf[column]];
    }

    /** Returns the values that a tree splits on, by slot and row. */
    int[][] ofTree(int tree) {
        return ofTree[tree];
    }

    /**
     * Writes the values that the codes of a column represent. Texts are written elsewhere.
     *
     * @param segments the segments of the column, or the part of them that satisfies conditions
     * @param places random words by row, which choose values within the codes
     */
    void decode(int column, Segments segments, long[] places, ColumnVector vector, int at, int rows) {
        ColumnCodes codes = columns.get(column);
        int[] drawn = codes(column);
        int missing = codes.missing();
        if (vector instanceof CodedVector coded) {
            decode(column, segments, places, coded, at, rows);
        } else if (vector instanceof NumberVector numbers) {
            segments.values(drawn, places, rows, decoded);
            long[] out = numbers.values();
            for (int i = 0; i < rows; i++) {
                out[at + i] = drawn[i] == missing ? NumberVector.MISSING : codes.number(decoded[i]);
            }
            parts(column, rows);
        } else if (vector instanceof FloatingVector doubles) {
            segments.values(drawn, places, rows, decoded);
            double[] out = doubles.values();
            for (int i = 0; i < rows; i++) {
                out[at + i] = drawn[i] == missing ? Double.NaN : decoded[i];
            }
        } else {
            for (int i = 0; i < rows; i++) {
                if (drawn[i] == missing) {
                    vector.setMissing(at + i);
                }
            }
        }
    }

    private void decode(int column, Segments segments, long[] places, CodedVector vector, int at, int rows) {
        ColumnCodes codes = columns.get(column);
        int[] drawn = codes(column);
        int[] out = vector.codes();
        int missing = codes.missing();
        int none = vector.dictionary().size();
        if (codes.kind().isOrdered()) {
            for (int i = 0; i < rows; i++) {
                out[at + i] = drawn[i] == missing ? none : drawn[i];
            }
            parts(column, segments, places, rows);
            return;
        }
        segments.values(drawn, places, rows, decoded);
        for (int i = 0; i < rows; i++) {
            out[at + i] = drawn[i] == missing ? none : (int) decoded[i];
        }
    }

    /** Converts a random word to a number in [0, 1). */
    static double unit(long word) {
        return (word >>> 11) * 0x1p-53;
    }

    /** Computes the date parts of a column that trees split on. */
    void parts(int column, Segments segments, long[] places, int rows) {
        if (needsParts[column]) {
            segments.values(codes(column), places, rows, decoded);
            parts(column, rows);
        }
    }

    /** Computes the date parts from values that are already decoded. */
    private void parts(int column, int rows) {
        int[] drawn = codes(column);
        ColumnCodes codes = columns.get(column);
        for (int p = codesOf[column] + 1; p < predictors.size() && predictors.get(p).column() == column; p++) {
            Optional<SeasonalPart> part = predictors.get(p).part();
            for (int i = 0; i < rows && used[p] && part.isPresent(); i++) {
                values[p][i] = drawn[i] == codes.missing() ? part.get().size()
                        : part.get().of(codes.number(decoded[i]), ticksPerDay[column]);
            }
        }
    }

    private static boolean[] needsParts(int columns, List<Predictor> predictors, boolean[] used) {
        boolean[] needs = new boolean[columns];
        for (int p = 0; p < used.length; p++) {
            needs[predictors.get(p).column()] |= used[p] && predictors.get(p).part().isPresent();
        }
        return needs;
    }
}
