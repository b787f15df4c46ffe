package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

class ReservoirTest {

    private static final int ROWS = 200_000;

    /** Which rows are kept when the sample is closed at a size and then halved so often. */
    private static long[] sample(int size, int halveAt) {
        Reservoir reservoir = new Reservoir();
        long[] rows = new long[size];
        for (long row = 0; row < ROWS; row++) {
            if (reservoir.size() == size) {
                reservoir.close();
            }
            int slot = reservoir.next();
            if (slot >= 0) {
                rows[slot] = row;
            }
            if (row == halveAt) {
                int[] kept = reservoir.halve();
                long[] half = new long[kept.length];
                for (int i = 0; i < kept.length; i++) {
                    half[i] = rows[kept[i]];
                }
                rows = half;
            }
        }
        return rows;
    }

    private static void isUniform(long[] rows) {
        int cells = 50;
        double expected = (double) rows.length / cells;
        int[] counts = new int[cells];
        for (long row : rows) {
            counts[(int) (row * cells / ROWS)]++;
        }
        double chi = 0;
        for (int count : counts) {
            chi += (count - expected) * (count - expected) / expected;
        }
        assertThat(ChiSquaredDistribution.of(cells - 1).survivalProbability(chi)).isGreaterThan(.001);
    }

    @Test
    void everyRowIsKeptWithTheSameProbability() {
        isUniform(sample(20_000, -1));
    }

    @Test
    void aHalvedSampleIsUniformToo() {
        long[] rows = sample(20_000, 30_000);
        assertThat(rows).hasSize(10_000).doesNotHaveDuplicates();
        isUniform(rows);
    }

    @Test
    void halvingKeepsAscendingSlots() {
        Reservoir reservoir = new Reservoir();
        for (int i = 0; i < 101; i++) {
            assertThat(reservoir.next()).isEqualTo(i);
        }
        assertThat(reservoir.halve()).hasSize(51).isSorted().doesNotHaveDuplicates();
        assertThat(reservoir.size()).isEqualTo(51);
        assertThat(reservoir.rows()).isEqualTo(101);
    }
}
