package io.freshet.stream.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.freshet.source.SourceStatus;
import io.freshet.source.TopicStatus;
import io.freshet.stream.Definitions;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamStatistics;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;

class MeantThroughputTest {

    private static final AlertConfig CONFIG = new SmallRyeConfigBuilder().withMapping(AlertConfig.class)
            .withConverter(Duration.class, 100, new DurationConverter()).build().getConfigMapping(AlertConfig.class);
    private static final String PATTERN = "{pattern: {}}";
    private static final String TOPIC = "{kafka: {topic: orders}}";

    @Test
    void aStreamThatKeepsALowPaceIsNotSlow() {
        assertThat(of(PATTERN, "{recordsPerSecond: 0.5}", 60, 0.5, 0.4, null).isLow()).isFalse();
        assertThat(of(PATTERN, "{recordsPerSecond: 0.5}", 60, 0.2, 0, null).isLow()).isTrue();
    }

    @Test
    void aHighPaceIsComparedWithTheLastSeconds() {
        assertThat(of(PATTERN, "{recordsPerSecond: 1000}", 60, 900, 600, null).isLow()).isFalse();
        assertThat(of(PATTERN, "{recordsPerSecond: 1000}", 60, 900, 400, null)).isEqualTo(new MeantThroughput(400, 500));
    }

    @Test
    void thePauseBetweenBurstsDoesNotCountAsSlow() {
        assertThat(of(PATTERN, "{burst: {every: 60s, records: 100}}", 90, 1.1, 0, null).isLow()).isFalse();
        assertThat(of(PATTERN, "{burst: {every: 60s, records: 100}}", 600, 1.6, 0, null).isLow()).isFalse();
        assertThat(of(PATTERN, "{burst: {every: 60s, records: 100}}", 600, 0.3, 0, null).isLow()).isTrue();
        assertThat(of(PATTERN, "{batchSize: 100, delayBetweenBatches: 30s}", 600, 3, 0, null).isLow()).isFalse();
    }

    @Test
    void aTopicIsOnlyReadTooSlowlyWhileMessagesWaitInIt() {
        assertThat(of(TOPIC, "{}", 60, 0, 0, lag(0)).isLow()).isFalse();
        assertThat(of(TOPIC, "{}", 60, 0, 0, lag(7))).isEqualTo(new MeantThroughput(0, 1));
    }

    @Test
    void aStreamWithoutAPaceIsComparedWithTheConfiguration() {
        assertThat(of(PATTERN, "{}", 60, 0, 0.9, null)).isEqualTo(new MeantThroughput(0.9, 1));
        assertThat(of(PATTERN, "{}", 5, 0, 0, null).isLow()).as("it has just begun").isFalse();
    }

    private static TopicStatus lag(long messages) {
        return new TopicStatus("orders", "freshet-test", 1, messages, 0, 0, 0, 0, List.of(), false);
    }

    private static MeantThroughput of(String source, String pace, double elapsed, double overall, double current,
            @Nullable TopicStatus topic) {
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml(
                "{name: test, source: %s, pace: %s, sinks: [{websocket: {}}]}".formatted(source, pace)));
        return MeantThroughput.of(definition, new StreamStatistics("running", 0, 0, 0, overall, current, elapsed, 0, List.of(),
                List.of(), new SourceStatus(null, null, null, null, topic, null, null), null, null, List.of(), null), CONFIG);
    }
}
