package io.freshet.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    @Test
    void delaysDoubleUpToTheLongest() {
        assertThat(IntStream.of(1, 2, 3, 6, 7, 8, 1000, Integer.MAX_VALUE).mapToObj(BACKOFF::after))
                .extracting(Duration::toMillis)
                .containsExactly(500L, 1000L, 2000L, 16_000L, 30_000L, 30_000L, 30_000L, 30_000L);
    }

    @Test
    void jitterTakesAwayUpToHalf() {
        assertThat(IntStream.range(0, 10_000).mapToObj(i -> BACKOFF.jitteredAfter(2)).distinct())
                .hasSizeGreaterThan(9000)
                .allMatch(delay -> delay.toMillis() >= 500 && delay.compareTo(Duration.ofSeconds(1)) <= 0);
    }

    @Test
    void noDelayStaysNone() {
        assertThat(new Backoff(Duration.ZERO, Duration.ZERO).jitteredAfter(3)).isZero();
    }
}
