package io.freshet.stream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeLimitTest {

    private final BatchSizeLimit limit = new BatchSizeLimit(1_000_000);

    @Test
    void theLimitDropsAtOnceForLargeRecords() {
        limit.note(300_000, 1_000);
        assertThat(limit.records()).isEqualTo(3_333);

        limit.note(900_000, 1);
        assertThat(limit.records()).isEqualTo(1);
    }

    @Test
    void theLimitRisesSlowlyWhenRecordsAreSmallAgain() {
        limit.note(800_000, 1);
        limit.note(100, 1);
        assertThat(limit.records()).isEqualTo(2);
        limit.note(100, 1);
        assertThat(limit.records()).isEqualTo(5);
    }

    @Test
    void hasNoLimitBeforeTheFirstRecords() {
        assertThat(limit.records()).isEqualTo(1_000_000);
        limit.note(0, 0);
        assertThat(limit.records()).isEqualTo(1_000_000);
    }
}
