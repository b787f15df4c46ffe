package io.freshet.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LostRecordsTest {

    private final LostRecords records = new LostRecords();

    private void lose(int count, long from, long millisBetween) {
        for (int i = 0; i < count; i++) {
            records.lost(from + i * millisBetween, false);
        }
    }

    @Test
    void aStageThatHasNeverPassedARecordBlocksAfterAThousand() {
        lose(999, 0, 1);
        assertThat(records.isBlocking(1_000)).isFalse();

        records.lost(1_000, false);

        assertThat(records.isBlocking(1_000)).isTrue();
        assertThat(records.inARow()).isEqualTo(1_000);
    }

    @Test
    void aSlowStageBlocksAfterAMinute() {
        lose(60, 0, 1_000);
        assertThat(records.isBlocking(60_000)).isFalse();

        records.lost(60_000, true);

        assertThat(records.isBlocking(60_000)).isTrue();
        assertThat(records.isRejected()).isTrue();
    }

    @Test
    void aRareRecordThatPassesEndsIt() {
        lose(2_000, 0, 100);
        assertThat(records.isBlocking(200_000)).isTrue();

        records.passed();

        assertThat(records.isBlocking(200_000)).isFalse();
    }

    @Test
    void aFilterForRareRecordsBlocksOnlyWhenChanceDoesNotExplainIt() {
        for (int i = 0; i < 10; i++) {
            lose(999, i * 10_000L, 10);
            records.passed();
        }
        lose(9_000, 100_000, 10);
        assertThat(records.isBlocking(190_000)).isFalse();

        lose(1_500, 190_000, 10);

        assertThat(records.isBlocking(205_000)).isTrue();
    }

    @Test
    void aStageThatNothingReachesAnyMoreDoesNotBlock() {
        lose(2_000, 0, 1);

        assertThat(records.isBlocking(63_000)).isFalse();
    }
}
