package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.freshet.event.FieldPath;
import io.freshet.stage.VoxelBox.Point;

class VoxelGridTest {

    private static final VoxelGrid.Inputs INPUTS = new VoxelGrid.Inputs(FieldPath.of("x"), FieldPath.of("y"), FieldPath.of("z"),
            List.of("heat", "power"), List.of(FieldPath.of("heat"), FieldPath.of("power")));
    private static final VoxelBox BOX = VoxelBox.of(new Point(-10, 0, 5), new Point(10, 15, 30), new Point(1, 0.5, 2.5));

    private static VoxelGrid grid(boolean dense) {
        return new VoxelGrid("g", BOX, INPUTS, dense, 64 << 20);
    }

    @ParameterizedTest
    @CsvSource({ "true,1", "false,2", "false,3" })
    void cellsAreWhatIsRecomputedFromAllPoints(boolean dense, long seed) {
        Random random = new Random(seed);
        Map<String, List<Double>> expected = new HashMap<>();
        VoxelGrid grid = grid(dense);
        long outside = 0;
        for (int i = 0; i < 60_000; i++) {
            double x = random.nextDouble() * 22 - 11;
            double y = random.nextDouble() * 15;
            double z = 5 + random.nextDouble() * 25;
            int signal = random.nextInt(2);
            double value = random.nextGaussian() * 100;
            grid.add(x, y, z, signal, value);
            if (x < -10 || x > 10) {
                outside++;
            } else {
                String cell = (int) Math.floor(x + 10) + "," + (int) Math.floor(y * 2) + "," + (int) Math.floor((z - 5) / 2.5);
                expected.computeIfAbsent(cell + "," + signal, each -> new ArrayList<>()).add(value);
            }
            if (i % 20_000 == 9_999) {
                byte[] state = grid.state();
                grid = grid(dense);
                grid.restore(state);
            }
        }

        VoxelView view = grid.look(null, null, 0, 1_000_000);

        assertThat(view.complete()).isTrue();
        assertThat(grid.counts()).containsEntry("outside", outside).containsEntry("points", 60_000 - outside)
                .containsEntry("cells", (long) view.voxels().size());
        int found = 0;
        for (Voxel voxel : view.voxels()) {
            for (int signal = 0; signal < 2; signal++) {
                List<Double> values = expected.getOrDefault(voxel.x() + "," + voxel.y() + "," + voxel.z() + "," + signal,
                        List.of());
                VoxelValue value = voxel.values().get(signal);
                assertThat(value.count()).isEqualTo(values.size());
                if (!values.isEmpty()) {
                    found++;
                    assertThat(value.mean()).isCloseTo(values.stream().mapToDouble(each -> each).average().orElseThrow(),
                            within(1e-9));
                    assertThat(value.least()).isEqualTo(values.stream().mapToDouble(each -> each).min().orElseThrow());
                    assertThat(value.greatest()).isEqualTo(values.stream().mapToDouble(each -> each).max().orElseThrow());
                    assertThat(value.last()).isEqualTo(values.get(values.size() - 1));
                }
            }
        }
        assertThat(found).isEqualTo(expected.size());
    }

    @Test
    void whatChangedSinceAVersionCanBeAskedForByRegion() {
        VoxelGrid grid = grid(false);
        grid.add(0, 1, 6, 0, 1);
        grid.add(5, 10, 20, 0, 2);
        long version = grid.look(null, null, 0, 10).version();
        grid.add(5.2, 10.1, 20.1, 1, 3);
        grid.add(-9, 2, 7, 1, 4);

        assertThat(grid.look(null, null, version, 10).voxels()).hasSize(2);
        assertThat(grid.look(new Point(4, 9, 19), new Point(6, 11, 21), version, 10).voxels()).singleElement()
                .satisfies(voxel -> {
                    assertThat(voxel.x()).isEqualTo(15);
                    assertThat(voxel.values().get(0).last()).isEqualTo(2);
                    assertThat(voxel.values().get(1).last()).isEqualTo(3);
                });
        assertThat(grid.look(null, null, 0, 2).complete()).isFalse();
        grid.reset();
        assertThat(grid.look(null, null, 0, 10).voxels()).isEmpty();
        assertThat(grid.look(null, null, 0, 10).version()).isGreaterThan(version);
    }

    @Test
    void pointsOnTheGreatestFacesAreInside() {
        VoxelGrid grid = grid(true);
        grid.add(10, 15, 30, 0, 1);
        grid.add(10.001, 15, 30, 0, 1);
        grid.add(Double.NaN, 15, 30, 0, 1);

        assertThat(grid.look(null, null, 0, 10).voxels()).singleElement()
                .satisfies(voxel -> assertThat(List.of(voxel.x(), voxel.y(), voxel.z())).containsExactly(19, 29, 9));
        assertThat(grid.counts()).containsEntry("outside", 2L);
    }

    @Test
    void memoryIsBounded() {
        VoxelBox large = VoxelBox.of(new Point(0, 0, 0), new Point(1000, 1000, 1000), new Point(1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new VoxelGrid("g", large, INPUTS, true, 64 << 20))
                .withMessageContaining("a dense grid of 1000000000 cells needs 839").withMessageContaining("make it sparse");
        StagePipeline chain = Stages.chain(new VoxelGrid("g", large, INPUTS, false, 1 << 20));
        List<StageRecord> records = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            records.add(Stages.record(i, "{'x': " + i % 1000 + ", 'y': " + i / 1000 + ", 'z': 1, 'heat': 2}"));
        }

        Processed processed = chain.process(records, 0);

        long max = chain.statistics().get(0).counts().get("most_cells");
        assertThat(max).isBetween(5_000L, 9_000L);
        assertThat(processed.records()).hasSize((int) max);
        assertThat(processed.rejected().get(0).reason()).contains("no memory for more than " + max);
    }
}
