package io.freshet.model.gan;

import java.util.Arrays;
import java.util.List;

import io.freshet.model.RowOrder;
import io.freshet.model.gan.NetworkLayout.Span;
import io.freshet.stats.Draws;
import io.freshet.table.RowBatch;

/** The rows of a table as the networks see them, in an order that depends only on their contents. Immutable. */
final class EncodedRows {

    private static final int TAG = 0x6a4e;

    private final NetworkLayout layout;
    private final int rows;
    /** The mode by span and row. */
    private final int[][] modes;
    /** The position within the mode by span and row; empty for columns without. */
    private final float[][] positions;
    /** For each span that can be a condition, the rows ordered by mode. */
    private final int[][] byMode;
    /** For each span that can be a condition, where the rows of each mode begin, and a final entry for the end. */
    private final int[][] begins;

    private EncodedRows(NetworkLayout layout, int rows, int[][] modes, float[][] positions) {
        this.layout = layout;
        this.rows = rows;
        this.modes = modes;
        this.positions = positions;
        this.byMode = new int[modes.length][];
        this.begins = new int[modes.length][];
        for (int s = 0; s < modes.length; s++) {
            if (layout.spans().get(s).isConditional()) {
                index(s, layout.spans().get(s).modes());
            }
        }
    }

    static EncodedRows of(List<ColumnModes> columns, NetworkLayout layout, RowBatch table, long seed) {
        int[] order = RowOrder.of(table);
        int size = layout.spans().size();
        int[][] modes = new int[size][order.length];
        float[][] positions = new float[size][];
        for (int s = 0; s < size; s++) {
            Span span = layout.spans().get(s);
            ColumnModes column = columns.get(span.column());
            positions[s] = new float[column.isContinuous() ? order.length : 0];
            column.encode(table.vector(span.column()), order, modes[s], positions[s],
                    Draws.of(span.column(), 0, TAG, seed));
        }
        return new EncodedRows(layout, order.length, modes, positions);
    }

    private void index(int span, int size) {
        int[] begin = new int[size + 1];
        for (int mode : modes[span]) {
            begin[mode + 1]++;
        }
        for (int mode = 0; mode < size; mode++) {
            begin[mode + 1] += begin[mode];
        }
        int[] next = begin.clone();
        int[] sorted = new int[rows];
        for (int row = 0; row < rows; row++) {
            sorted[next[modes[span][row]]++] = row;
        }
        byMode[span] = sorted;
        begins[span] = begin;
    }

    int rows() {
        return rows;
    }

    /** Returns a number that differs for other rows. */
    long fingerprint() {
        return 31L * Arrays.deepHashCode(modes) + Arrays.deepHashCode(positions);
    }

    /** Returns the number of rows with a mode of a span that can be a condition. */
    int count(int span, int mode) {
        return begins[span][mode + 1] - begins[span][mode];
    }

    /** Returns one of the rows with a mode, which at least one row has. */
    int row(int span, int mode, Draws draws) {
        return byMode[span][begins[span][mode] + draws.below(count(span, mode))];
    }

    /** Writes a row as places of the networks. */
    void write(int row, float[] to, int at) {
        Arrays.fill(to, at, at + layout.width(), 0);
        for (int s = 0; s < modes.length; s++) {
            Span span = layout.spans().get(s);
            if (span.offset() != NetworkLayout.NONE) {
                to[at + span.offset()] = positions[s][row];
            }
            to[at + span.first() + modes[s][row]] = 1;
        }
    }
}
