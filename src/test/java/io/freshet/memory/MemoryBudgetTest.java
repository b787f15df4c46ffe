package io.freshet.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private final MemoryBudget budget = MemoryBudget.of(100);
    private final MemoryBudget.Account one = budget.open();
    private final MemoryBudget.Account other = budget.open();

    @Test
    void buffersShareTheBudget() {
        one.add(70);
        other.add(10);

        assertThat(other.hasRoomFor(20)).isTrue();
        assertThat(other.hasRoomFor(21)).isFalse();
        one.remove(70);
        assertThat(other.hasRoomFor(90)).isTrue();
    }

    @Test
    void anEmptyBufferMayAlwaysAcceptOneItem() {
        one.add(100);

        assertThat(one.hasRoom()).isFalse();
        assertThat(other.hasRoom()).isTrue();
        assertThat(other.hasRoomFor(1_000)).isTrue();
        other.add(1_000);
        assertThat(other.hasRoom()).isFalse();
        assertThat(one.isOver()).isTrue();
    }

    @Test
    void aClosedAccountReleasesEverythingOnce() {
        one.add(60);
        one.close();
        one.remove(60);
        one.add(5);
        one.close();

        assertThat(budget.used()).isZero();
        assertThat(one.held()).isZero();
    }

    @Test
    void aSliceIsASmallPartOfTheBudget() {
        assertThat(MemoryBudget.of(16L << 20).slice()).isEqualTo(1L << 20);
        assertThat(MemoryBudget.of(16L << 30).slice()).isEqualTo(4L << 20);
        assertThat(MemoryBudget.unlimited().slice()).isEqualTo(4L << 20);
    }
}
