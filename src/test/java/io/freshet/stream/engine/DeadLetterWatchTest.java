package io.freshet.stream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.freshet.source.SourceStatus;
import io.freshet.source.TopicStatus;
import io.freshet.source.WebSocketStatus;

class DeadLetterWatchTest {

    private final DeadLetterWatch watch = new DeadLetterWatch("orders", 0);
    private long second;

    private void look(long handled, long dead) {
        watch.tick(Duration.ofSeconds(++second).toNanos(), () -> new DeadLetterWatch.Count(handled, dead, "too large"));
    }

    @Test
    void theShareCoversRecentRecords() {
        look(100, 100);
        assertThat(watch.share()).isEqualTo(1);
        for (int i = 1; i <= 60; i++) {
            look(100 + i * 100L, 100);
        }
        assertThat(watch.share()).isBetween(0.0, 0.01);
    }

    @Test
    void theShareIsZeroWithoutRecords() {
        look(0, 0);
        assertThat(watch.share()).isZero();
        look(10, 10);
        for (int i = 0; i < 120; i++) {
            look(10, 10);
        }
        assertThat(watch.share()).as("what was two minutes ago is over").isZero();
    }

    @Test
    void theReasonOfWhatASourceCannotReadIsThatOfTheSource() {
        WebSocketStatus feed = new WebSocketStatus("connected", 1, 0, 3, 2, 1, List.of("message 2: invalid JSON"), 0, 0, null,
                null);
        TopicStatus topic = new TopicStatus("orders", "group", 1, 0, 3, 0, 0, 1, List.of("offset 7: invalid JSON"), false);

        assertThat(count(null, feed).reason()).isEqualTo("message 2: invalid JSON");
        assertThat(count(topic, null).reason()).isEqualTo("offset 7: invalid JSON");
    }

    private static DeadLetterWatch.Count count(@Nullable TopicStatus topic, @Nullable WebSocketStatus feed) {
        return DeadLetterWatch.Count.of(2, new SourceStatus(null, null, null, null, topic, feed, null), List.of(), List.of());
    }

    @Test
    void samplesOnceASecond() {
        look(100, 0);
        watch.tick(Duration.ofMillis(1_500).toNanos(), () -> {
            throw new AssertionError("too soon");
        });
    }
}
