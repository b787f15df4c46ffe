package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Many streams at full speed that share one producer of one broker. */
@QuarkusTest
@WithTestResource(value = BrokerResource.class, initArgs = @ResourceArg(name = BrokerResource.QUICK, value = "false"))
class FairShareQuarkusTest {

    private static final int STREAMS = 10;
    private static final long WARM = 2_000;
    private static final long ALL = 300_000;
    /** The minimum progress of the slowest stream, relative to the fastest. */
    private static final double FAIR = 0.5;

    @Inject
    Streams streams;

    private final List<Stream> running = new ArrayList<>();

    @AfterEach
    void stop() {
        running.forEach(stream -> streams.delete(stream.name()));
    }

    @Test
    void tenStreamsShareFairlyAndAFailingOneDoesNotSlowTheOthers() {
        running.addAll(IntStream.range(0, STREAMS).mapToObj(i -> begin("fair" + i, "{topic: fair}")).toList());
        assertThat(share(running)).as("ten streams").isGreaterThan(FAIR);

        // the topic is not writable
        Stream failing = begin("failing", "{topic: __transaction_state}");
        await().atMost(Duration.ofSeconds(60)).until(() -> failing.state() == StreamState.FAILING);
        assertThat(share(running)).as("ten streams beside one that fails").isGreaterThan(FAIR);
        assertThat(running).allMatch(stream -> stream.state() == StreamState.RUNNING);
        assertThat(failing.position()).isZero();
        running.add(failing);
    }

    private Stream begin(String name, String kafka) {
        return streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: %s, source: {pattern: {seed: 7}}, sinks: [{kafka: %s}]}""".formatted(name, kafka))));
    }

    /** Returns the progress of the slowest stream relative to the fastest. */
    private static double share(List<Stream> streams) {
        await().atMost(Duration.ofSeconds(60)).until(() -> streams.stream().allMatch(stream -> stream.position() > WARM));
        long[] before = positions(streams);
        await().atMost(Duration.ofSeconds(120))
                .until(() -> LongStream.of(positions(streams)).sum() - LongStream.of(before).sum() > ALL);
        long[] after = positions(streams);
        LongStream got = IntStream.range(0, before.length).mapToLong(i -> after[i] - before[i]);
        var summary = got.summaryStatistics();
        return (double) summary.getMin() / summary.getMax();
    }

    private static long[] positions(List<Stream> streams) {
        return streams.stream().mapToLong(Stream::position).toArray();
    }
}
