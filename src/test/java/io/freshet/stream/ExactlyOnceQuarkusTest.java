package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

import io.freshet.source.pattern.PatternSource;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Transactions with a real broker. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class ExactlyOnceQuarkusTest {

    private static final int RECORDS = 12_000;

    @Inject
    StreamParts parts;

    RestartableBroker broker;

    @Test
    void restartsOfTheStreamAndOfTheBrokerNeitherLoseNorRepeatARecord() {
        // the previous instances are not stopped: they fence each other until one is left
        List<Stream> startedAt = new ArrayList<>(List.of(begin()));
        for (int again = 1; again <= 3; again++) {
            long min = again * 2_000L;
            await().atMost(Duration.ofSeconds(60)).until(() -> startedAt.stream().anyMatch(each -> each.position() >= min));
            startedAt.add(begin());
        }
        broker.stop();
        broker.startAgain();
        await().atMost(Duration.ofSeconds(120))
                .until(() -> startedAt.stream().anyMatch(each -> each.state() == StreamState.COMPLETED));
        startedAt.forEach(Stream::stop);

        List<Long> sequences = committed();
        assertThat(sequences).doesNotHaveDuplicates().hasSize(RECORDS);
    }

    /** Starts the stream as after a process was killed before it saved its position. */
    private Stream begin() {
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml("""
                {name: once, source: {pattern: {seed: 7}}, pace: {recordsPerSecond: 1500, maxRecords: %d, batchSize: 100},
                 sinks: [{kafka: {topic: once, exactlyOnce: true}}]}""".formatted(RECORDS)));
        PatternSource source = new PatternSource(7, Stream.MAX_BATCH_RECORDS);
        Stream stream = new Stream(definition, new Stream.Parts(source,
                parts.sinks(definition, source, ResumePoint.NEW, StreamMetrics.NONE, StreamTime.SYSTEM), StreamMetrics.NONE,
                batch -> {
                }, StreamTime.SYSTEM), 0, StreamState.RUNNING);
        stream.start();
        return stream;
    }

    private List<Long> committed() {
        List<Long> sequences = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "once", "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed"),
                new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("once"));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> sequences
                        .add(Long.valueOf(message.value().replaceAll(".*\"sequence\":(\\d+),.*", "$1"))));
                return sequences.size() >= RECORDS;
            });
            consumer.poll(Duration.ofSeconds(1)).forEach(message -> sequences.add(-1L));
        }
        return sequences;
    }
}
