package io.freshet.stream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.freshet.codec.RecordBatch;
import io.freshet.sink.Delivery;
import io.freshet.source.Source;
import io.freshet.stream.health.AlertConfig;
import io.freshet.stream.health.StreamHealth;
import io.freshet.table.Schema;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;

@Timeout(30)
class StreamEndTest extends StreamFixture {

    private static final AlertConfig ALERTS = new SmallRyeConfigBuilder().withMapping(AlertConfig.class)
            .withConverter(Duration.class, 200, new DurationConverter()).build().getConfigMapping(AlertConfig.class);

    @Test
    void stopsWhileASinkFailsAndReportsItsPosition() {
        sink.outcomes = position -> position >= 3000 ? DOWN : Delivery.delivered();
        Stream stream = stream("{}");
        time.after(Duration.ofSeconds(30), stream::stop);

        stream.run();

        assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
        assertThat(stream.position()).isEqualTo(3000);
        assertThat(stream.statistics().sinks().get(0).failed()).as("a queue full").isEqualTo(10_000);
        assertThat(time.seconds()).isBetween(30.0, 31.0);
    }

    @Test
    void deliversWhatIsInFlightWhenItIsStopped() {
        sink.delays = position -> Duration.ofSeconds(3);
        Stream stream = stream("{}");
        time.after(Duration.ofSeconds(1), stream::stop);

        stream.run();

        assertThat(stream.position()).isEqualTo(10_000);
        assertThat(sink.arrivals).hasSize(10_000);
    }

    @Test
    void staysStopped() {
        Stream stream = stream("{}");
        time.after(Duration.ofMillis(1), stream::stop);
        sink.delays = position -> Duration.ofMillis(10);
        stream.run();

        stream.resume();

        assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
    }

    @Test
    void isHealthyWhenItWasStoppedOnRequest() {
        Stream stream = stream("{}");
        time.after(Duration.ofMillis(1), stream::stop);
        sink.delays = position -> Duration.ofMillis(10);

        stream.run();

        assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
        assertThat(StreamHealth.of(stream, ALERTS)).isEqualTo(new StreamHealth("test", "healthy", List.of()));
    }

    @Test
    void endsAfterItsLastBatch() {
        Stream stream = stream("{maxBatches: 7, batchSize: 30}");

        stream.run();

        assertThat(sink.arrivals).hasSize(210);
        assertThat(stream.statistics().totalBatches()).isEqualTo(7);
    }

    @Test
    void reportsTheErrorThatEndedIt() {
        Source broken = new Source() {
            @Override
            public Optional<Schema> schema() {
                return Optional.empty();
            }

            @Override
            public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
                throw new IllegalStateException("no rows");
            }
        };
        Stream stream = stream("{}", 0, StreamState.RUNNING, broken, sink);

        stream.run();

        assertThat(stream.state()).isEqualTo(StreamState.STOPPED);
        assertThat(stream.statistics().error()).contains("no rows");
        assertThat(sink.closed).isTrue();
        StreamHealth health = StreamHealth.of(stream, ALERTS);
        assertThat(health.status()).isEqualTo("degraded");
        assertThat(health.alerts()).containsExactly(
                new StreamHealth.Alert("STREAM_ENDED", "", 1, 0, "java.lang.IllegalStateException: no rows"));
    }

    @Test
    void aSourceThatGivesUpFailsTheStreamWithItsReason() {
        Source lost = new Source() {
            @Override
            public Optional<Schema> schema() {
                return Optional.empty();
            }

            @Override
            public boolean isExhausted() {
                return true;
            }

            @Override
            public String failure() {
                return "the feed was given up";
            }

            @Override
            public RecordBatch next(long position, int records, @Nullable RecordBatch reuse) {
                throw new AssertionError("there are no records");
            }
        };
        Stream stream = stream("{}", 0, StreamState.RUNNING, lost, sink);

        stream.run();

        assertThat(stream.state()).isEqualTo(StreamState.FAILED);
        assertThat(stream.statistics().error()).isEqualTo("the feed was given up");
        assertThat(StreamHealth.of(stream, ALERTS).alerts())
                .containsExactly(new StreamHealth.Alert("STREAM_ENDED", "", 1, 0, "the feed was given up"));
    }
}
