package io.freshet.stream.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.freshet.stream.health.StreamHealth;

class AlertLogTest {

    private static final Instant ORIGIN = Instant.parse("2026-03-01T12:00:00Z");

    private final List<AlertEvent> told = new ArrayList<>();
    private final AlertLog log = new AlertLog(5, told::add);
    private int seconds;

    @Test
    void alertsAreRaisedUpdatedWhenTheyDoubleOrHalveAndCleared() {
        look(health("a", 6));
        look(health("a", 7));
        look(health("a", 12));
        look(health("a", 6.1));
        look(health("a", 6));
        look(health("a"));

        assertThat(told).extracting(AlertEvent::event).containsExactly("raised", "updated", "updated", "cleared");
        assertThat(told).extracting(event -> event.alert().value()).containsExactly(6.0, 12.0, 6.0, 6.0);
        assertThat(told).extracting(AlertEvent::since).containsOnly(ORIGIN);
        assertThat(told).extracting(AlertEvent::time).containsExactly(ORIGIN, ORIGIN.plusSeconds(2), ORIGIN.plusSeconds(4),
                ORIGIN.plusSeconds(5));
        assertThat(told).extracting(AlertEvent::sequence).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void alertsOfADeletedStreamAreCleared() {
        look(health("a", 6), health("b", 6));
        look(health("b", 6));

        assertThat(told).extracting(event -> event.event() + " " + event.stream()).containsExactlyInAnyOrder("raised a",
                "raised b",
                "cleared a");
    }

    @Test
    void retainsTheMostRecentEvents() {
        for (int i = 0; i < 10; i++) {
            look(health("a", 6));
            look(health("a"));
        }

        assertThat(log.last(100)).extracting(AlertEvent::sequence).containsExactly(20L, 19L, 18L, 17L, 16L);
        assertThat(log.last(2)).hasSize(2).first().extracting(AlertEvent::event).isEqualTo("cleared");
    }

    private void look(StreamHealth... streams) {
        log.look(List.of(streams), ORIGIN.plusSeconds(seconds++));
    }

    private static StreamHealth health(String stream, double... values) {
        List<StreamHealth.Alert> alerts = new ArrayList<>();
        for (double value : values) {
            alerts.add(new StreamHealth.Alert("HIGH_LATENCY", "kafka", value, 5));
        }
        return new StreamHealth(stream, "", alerts);
    }
}
