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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.freshet.event.FieldPath;
import io.freshet.stage.VoxelBox;
import io.freshet.stage.VoxelBox.Point;
import io.freshet.stage.VoxelGrid;

/**
 * Nanoseconds per point, the points all over a box of 100 × 100 × 100, in cells of one size: a million cells of size 1, more
 * than the processor's caches hold, 125,000 of size 2, 15,625 of size 4. At most 200, which is five million points a second.
 * {@code scan} has the points of something that moves: each within 2 of the one before. {@code map} is a map of cells.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VoxelBenchmark {

    private static final int POINTS = 1_000;

    /** Of a cell, along each axis. */
    @Param({ "1", "2", "4" })
    private double size;
    private VoxelGrid dense = grid(1, true);
    private VoxelGrid sparse = grid(1, false);
    private final Map<Long, double[]> cells = new HashMap<>();
    private long state = 1;
    private double x = 50;
    private double y = 50;
    private double z = 50;

    @Setup
    public void prepare() {
        dense = grid(size, true);
        sparse = grid(size, false);
    }

    private static VoxelGrid grid(double size, boolean dense) {
        VoxelBox box = VoxelBox.of(new Point(0, 0, 0), new Point(100, 100, 100), new Point(size, size, size));
        List<FieldPath> signals = List.of(FieldPath.of("heat"));
        return new VoxelGrid("g", box, new VoxelGrid.Inputs(FieldPath.of("x"), FieldPath.of("y"), FieldPath.of("z"),
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
            long cell = ((long) (next() / size) * 100 + (long) (next() / size)) * 100 + (long) (next() / size);
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
