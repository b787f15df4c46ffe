package io.freshet.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.freshet.event.FieldPath;
import io.freshet.stage.VoxelBox;
import io.freshet.stage.VoxelBox.Point;
import io.freshet.stage.VoxelGrid;

/**
 * Nanoseconds per point in a grid of a million cells, the points all over it, so that each is a place in memory of its own:
 * {@code dense} is to be at most 200, which is five million points a second; {@code scan} too, with the points of something
 * that moves: each within two cells of the one before. {@code map} is a map of cells.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VoxelBenchmark {

    private static final int POINTS = 1_000;
    private static final VoxelBox BOX = VoxelBox.of(new Point(0, 0, 0), new Point(100, 100, 100), new Point(1, 1, 1));

    private final VoxelGrid dense = grid(true);
    private final VoxelGrid sparse = grid(false);
    private final Map<Long, double[]> cells = new HashMap<>();
    private long state = 1;
    private double x = 50;
    private double y = 50;
    private double z = 50;

    private static VoxelGrid grid(boolean dense) {
        List<FieldPath> signals = List.of(FieldPath.of("heat"));
        return new VoxelGrid("g", BOX, new VoxelGrid.Inputs(FieldPath.of("x"), FieldPath.of("y"), FieldPath.of("z"),
                List.of("heat"), signals), dense, 512 << 20);
    }

    private double next() {
        state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return (state >>> 11) * 0x1p-53 * 100;
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public void dense() {
        for (int i = 0; i < POINTS; i++) {
            dense.add(next(), next(), next(), 0, i);
        }
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public void sparse() {
        for (int i = 0; i < POINTS; i++) {
            sparse.add(next(), next(), next(), 0, i);
        }
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public void scan() {
        for (int i = 0; i < POINTS; i++) {
            x = near(x);
            y = near(y);
            z = near(z);
            sparse.add(x, y, z, 0, i);
        }
    }

    private double near(double before) {
        double moved = before + next() / 25 - 2;
        return moved < 0 || moved >= 100 ? before : moved;
    }

    @Benchmark
    @OperationsPerInvocation(POINTS)
    public void map() {
        for (int i = 0; i < POINTS; i++) {
            long cell = ((long) next() * 100 + (long) next()) * 100 + (long) next();
            double[] values = cells.computeIfAbsent(cell,
                    each -> new double[] { 0, 0, Double.MAX_VALUE, -Double.MAX_VALUE, 0 });
            values[0]++;
            values[1] += i;
            values[2] = Math.min(values[2], i);
            values[3] = Math.max(values[3], i);
            values[4] = i;
        }
    }
}
