package io.freshet.stream.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ShardShareTest {

    private static final int SHARDS = 8;

    @Test
    void sharesAddUpToTheWholeAtAnyTime() {
        for (LoadShape whole : List.of(new ConstantRate(1000), new ConstantRate(3), new Bursts(Duration.ofSeconds(2), 13))) {
            List<ShardShare> shares = shares(whole);
            for (long millis = 0; millis < 20_000; millis += 7) {
                long nanos = millis * 1_000_000;
                assertThat(shares.stream().mapToLong(share -> (long) share.records(nanos)).sum())
                        .as("%s at %d ms", whole, millis)
                        .isEqualTo((long) whole.records(nanos));
            }
        }
    }

    @Test
    void aShareKnowsWhenItsRecordsAreDue() {
        shares(new ConstantRate(10)).forEach(share -> assertThat(share.nanosOf(3, 0))
                .isEqualTo((2 * SHARDS + share.index() + 1) * 100_000_000L));
    }

    @Test
    void aBurstIsDividedAmongTheShards() {
        assertThat(shares(new Bursts(Duration.ofSeconds(1), 20)))
                .allSatisfy(share -> assertThat((long) share.records(0)).isBetween(2L, 3L))
                .allSatisfy(share -> assertThat(share.recordsAtOnce()).isEqualTo(3));
    }

    private static List<ShardShare> shares(LoadShape whole) {
        return IntStream.range(0, SHARDS).mapToObj(index -> new ShardShare(whole, index, SHARDS)).toList();
    }
}
