package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

class RowSampleTest {

    private static final int ROWS = 200_000;

    /** Returns the rows of a sample that is closed at a size and halved after a number of rows. */
    private static long[] sample(int size, int halveAt, LongUnaryOperator rowAt) {
        RowSample sample = new RowSample();
        long[] rows = new long[size + 1];
        for (long i = 0; i < ROWS; i++) {
            if (sample.size() == size) {
                sample.close();
            }
            rows[sample.begin()] = rowAt.applyAsLong(i);
            sample.end(rowAt.applyAsLong(i));
            if (i == halveAt) {
                rows = Arrays.copyOf(select(rows, sample.halve()), size + 1);
            }
        }
        return select(rows, sample.compact());
    }

    private static long[] select(long[] rows, int[] slots) {
        return Arrays.stream(slots).mapToLong(slot -> rows[slot]).toArray();
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
        isUniform(sample(20_000, -1, row -> row));
    }

    @Test
    void aHalvedSampleIsAlsoUniform() {
        long[] rows = sample(20_000, 30_000, row -> row);

        assertThat(rows).hasSize(10_000).doesNotHaveDuplicates();
        isUniform(rows);
    }

    @Test
    void rowsOfFewContentsKeepTheirProportions() {
        long[] rows = sample(20_000, -1, row -> row % 10 == 0 ? 1 : 2);

        assertThat(LongStream.of(rows).filter(row -> row == 1).count()).isBetween(1_850L, 2_150L);
    }

    @Test
    void theSampleDoesNotDependOnTheOrderOfTheRows() {
        // 50 contents, each in an entry of its own
        long[] rows = sample(1_000, -1, row -> row % 50);
        long[] backwards = sample(1_000, -1, row -> (ROWS - 1 - row) % 50);

        Arrays.sort(rows);
        Arrays.sort(backwards);
        assertThat(backwards).isEqualTo(rows);
    }

    @Test
    void halvingKeepsAscendingSlots() {
        RowSample sample = new RowSample();
        for (int i = 0; i < 101; i++) {
            assertThat(sample.begin()).isEqualTo(i);
            assertThat(sample.end(i)).isEqualTo(-1);
        }

        assertThat(sample.halve()).hasSize(51).isSorted().doesNotHaveDuplicates();
        assertThat(sample.size()).isEqualTo(51);
        assertThat(sample.rows()).isEqualTo(101);
    }
}
