package io.freshet.stream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class SilenceTest {

    private long now = 1_000_000;
    private final Silence silence = new Silence(now);

    private long after(Duration step) {
        now += step.toNanos();
        return now;
    }

    @Test
    void silenceGrowsWhileThePolledSourceHasNoRecords() {
        for (int i = 0; i < 20; i++) {
            silence.hadNothing(after(Duration.ofMillis(50)));
        }
        assertThat(silence.millis()).isEqualTo(1_000);

        silence.hadRecords(after(Duration.ofMillis(50)));
        assertThat(silence.millis()).isZero();
    }

    @Test
    void aPauseWithoutPollsDoesNotCount() {
        silence.hadNothing(after(Duration.ofSeconds(20)));
        assertThat(silence.millis()).isEqualTo(200);

        silence.notAsked(after(Duration.ofMillis(100)));
        silence.hadNothing(after(Duration.ofMillis(100)));
        assertThat(silence.millis()).isEqualTo(300);
    }
}
