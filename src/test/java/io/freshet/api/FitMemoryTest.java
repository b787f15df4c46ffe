package io.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import io.freshet.model.FitMonitor;
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
    void trainingsShareHalfOfTheHeap() {
        FitMemory memory = new FitMemory(256L << 20);
        FitMonitor.Reservation first = memory.reserve(100L << 20);
        assertThatThrownBy(() -> memory.reserve(40L << 20, () -> true)).isInstanceOf(FitMonitor.CancelledException.class);
        memory.reserve(20L << 20).close();
        first.close();
        memory.reserve(128L << 20).close();
    }

    @Test
    void aTurnThatIsClosedTwiceLetsOneFitBegin() {
        FitMemory memory = new FitMemory(256L << 20);
        FitMemory.Turn turn = memory.begin();
        turn.close();
        turn.close();
        try (FitMemory.Turn next = memory.begin()) {
            assertThatThrownBy(() -> memory.begin(() -> true)).isInstanceOf(FitMonitor.CancelledException.class);
        }
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
