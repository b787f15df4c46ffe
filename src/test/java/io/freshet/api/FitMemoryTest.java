package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.freshet.table.ReadOptions;

class FitMemoryTest {

    @Test
    void aSmallHeapReadsOneTableAtATimeAndSamplesLargeOnes() {
        FitMemory memory = new FitMemory(256L << 20);

        assertThat(memory.atATime()).isEqualTo(1);
        assertThat(memory.bounded(ReadOptions.defaults()).sampleCells()).isBetween(1_000_000, 2_000_000);
    }

    @Test
    void aLargeHeapReadsSeveralTablesOfFullSize() {
        FitMemory memory = new FitMemory(16L << 30);

        assertThat(memory.atATime()).isEqualTo(8);
        assertThat(memory.bounded(ReadOptions.defaults())).isEqualTo(
                ReadOptions.defaults().withSampleCells(memory.sampleCells()));
        assertThat(memory.sampleCells()).isGreaterThan(10_000_000);
    }

    @Test
    void turnsAreReturned() {
        FitMemory memory = new FitMemory(256L << 20);
        for (int i = 0; i < 3; i++) {
            try (FitMemory.Turn turn = memory.begin()) {
                assertThat(turn).isNotNull();
            }
        }
    }
}
