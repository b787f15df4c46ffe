package io.freshet.model.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.model.RowGenerator;
import io.freshet.model.marginal.TextValues;
import io.freshet.model.tree.CodeKind;
import io.freshet.model.tree.Segments;
import io.freshet.stats.Draws;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;

/**
 * Draws the rows of a model in blocks. Under conditions it draws several proposals for each row, and chooses one of them in
 * proportion to its weight. Where none satisfies all conditions, the values that do not are replaced by values of the table
 * that do. Not thread-safe.
 */
final class GanGenerator implements RowGenerator {

    private static final int TAG = 0x6a50;

    private final GanModel model;
    private final @Nullable GanConditions conditions;
    private final long seed;
    private final NetworkRows network;
    private final long[] numbers = new long[NetworkRows.BLOCK];
    private final int[][] modes;
    private final float[][] positions;
    private final double[] total = new double[NetworkRows.BLOCK];
    /** For each column, the number of its span, or −1. */
    private final int[] spanOf;
    private final Draws draws = new Draws();

    GanGenerator(GanModel model, @Nullable GanConditions conditions, long seed) {
        this.model = model;
        this.conditions = conditions;
        this.seed = seed;
        this.network = new NetworkRows(model, conditions, seed);
        int spans = model.layout().spans().size();
        this.modes = new int[spans][NetworkRows.BLOCK];
        this.positions = new float[spans][NetworkRows.BLOCK];
        this.spanOf = new int[model.columns().size()];
        Arrays.fill(spanOf, -1);
        for (int s = 0; s < spans; s++) {
            spanOf[model.layout().spans().get(s).column()] = s;
        }
    }

    @Override
    public RowBatch newBatch(int capacity) {
        List<ColumnVector> vectors = new ArrayList<>();
        model.columns().forEach(column -> vectors.add(column.codes().newVector(capacity)));
        return RowBatch.wrap(model.schema(), vectors);
    }

    @Override
    public void fill(RowBatch batch, long firstRow, int rows) {
        batch.hold(firstRow, rows);
        for (int c = 0; c < spanOf.length; c++) {
            int column = c;
            model.columns().get(c).codes().pattern().ifPresent(
                    pattern -> new TextValues(pattern).fill(batch.vector(column), firstRow, rows, column, seed));
        }
        for (int at = 0; at < rows; at += NetworkRows.BLOCK) {
            int size = Math.min(NetworkRows.BLOCK, rows - at);
            for (int i = 0; i < size; i++) {
                numbers[i] = firstRow + at + i;
            }
            choose(size);
            for (int i = 0; i < size; i++) {
                draws.restart(numbers[i], 1, TAG, seed);
                for (int c = 0; c < spanOf.length; c++) {
                    write(batch.vector(c), c, at + i, i);
                }
            }
        }
    }

    private void choose(int size) {
        int proposals = conditions == null ? 1 : conditions.proposals();
        Arrays.fill(total, 0, size, 0);
        for (int m = 0; m < proposals; m++) {
            network.draw(numbers, size, m);
            for (int i = 0; i < size; i++) {
                double weight = network.weight(i);
                total[i] += weight;
                draws.restart(numbers[i], m << 1, TAG, seed);
                if (m == 0 || draws.uniform() * total[i] < weight) {
                    take(i);
                }
            }
        }
    }

    private void take(int row) {
        for (int s = 0; s < modes.length; s++) {
            modes[s][row] = network.mode(s, row);
            positions[s][row] = network.position(s, row);
        }
    }

    private void write(ColumnVector vector, int column, int at, int row) {
        ColumnModes own = model.columns().get(column);
        RestrictedModes restricted = conditions == null ? null : conditions.at(column);
        Segments segments = restricted == null ? own.codes().segments() : restricted.segments();
        int span = spanOf[column];
        int mode = span < 0 ? 0 : modes[span][row];
        if (mode == NetworkRows.NONE && restricted != null) {
            writeCode(vector, own, at, restricted.draw(draws), segments);
        } else if (own.isMissing(mode)) {
            vector.setMissing(at);
        } else if (own.isContinuous()) {
            own.write(vector, at, own.place(mode, positions[span][row]));
        } else {
            writeCode(vector, own, at, mode, segments);
        }
    }

    private void writeCode(ColumnVector vector, ColumnModes column, int at, int code, Segments segments) {
        if (code == column.codes().missing()) {
            vector.setMissing(at);
        } else if (column.codes().kind() != CodeKind.TEXT) {
            column.write(vector, at, code, segments, draws.word());
        }
    }
}
