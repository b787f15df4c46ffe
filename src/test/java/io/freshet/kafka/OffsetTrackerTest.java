package io.freshet.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class OffsetTrackerTest {

    private final OffsetTracker ledger = new OffsetTracker();

    @Test
    void returnsTheOffsetOfEachPartitionWhenRecordsAreCompleted() {
        for (int i = 0; i < 10; i++) {
            ledger.add(i, 0, 100 + i);
        }
        ledger.add(10, 1, 7);

        assertThat(ledger.settle(4)).containsExactly(Map.entry(0, 104L));
        assertThat(ledger.settle(10)).containsExactly(Map.entry(0, 110L));
        assertThat(ledger.settle(11)).containsExactly(Map.entry(1, 8L));
        assertThat(ledger.settle(11)).isEmpty();
    }

    @Test
    void skippedMessagesAreProcessedOnlyWhenTheRecordsBeforeThemAre() {
        ledger.add(0, 0, 5);
        ledger.skip(1, 0, 7, 0);
        ledger.add(1, 0, 7);

        assertThat(ledger.settle(0)).isEmpty();
        assertThat(ledger.settle(1)).containsExactly(Map.entry(0, 7L));
        assertThat(ledger.settle(2)).containsExactly(Map.entry(0, 8L));
    }

    @Test
    void aGapInAPartitionIsNotProcessedBeforeTheRecordAfterIt() {
        ledger.add(0, 0, 5);
        ledger.add(1, 0, 9);

        assertThat(ledger.settle(1)).containsExactly(Map.entry(0, 6L));
        assertThat(ledger.settle(2)).containsExactly(Map.entry(0, 10L));
    }

    @Test
    void clearsAllMessages() {
        ledger.add(0, 0, 5);
        ledger.clear(0);
        ledger.add(1, 0, 50);

        assertThat(ledger.settle(1)).isEmpty();
        assertThat(ledger.settle(2)).containsExactly(Map.entry(0, 51L));
    }
}
