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

import io.freshet.source.PatternSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Transactions with a real broker. */
@QuarkusTest
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
class ExactlyOnceQuarkusTest {

    private static final int RECORDS = 12_000;

    @Inject
    StreamParts parts;

    RestartableBroker broker;

    @Test
    void aStreamThatBeginsAgainSeveralTimesAndABrokerThatRestartsNeitherLoseNorRepeatARecord() {
        List<Stream> abandoned = new ArrayList<>();
        Stream stream = begin();
        for (int again = 1; again <= 3; again++) {
            Stream running = stream;
            long least = again * 2_000L;
            await().atMost(Duration.ofSeconds(60)).until(() -> running.position() >= least);
            // nobody tells it to stop: its next transaction finds that it is fenced off
            abandoned.add(running);
            stream = begin();
        }
        broker.stop();
        broker.startAgain();
        Stream last = stream;
        await().atMost(Duration.ofSeconds(90)).until(() -> last.state() == StreamState.COMPLETED);
        abandoned.forEach(Stream::stop);

        List<Long> sequences = committed();
        assertThat(sequences).doesNotHaveDuplicates().hasSize(RECORDS);
    }

    /** As a process that was killed begins again when its position was never saved. */
    private Stream begin() {
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml("""
                {name: once, source: {pattern: {seed: 7}}, pace: {recordsPerSecond: 1500, maxRecords: %d, batchSize: 100},
                 sinks: [{kafka: {topic: once, exactlyOnce: true}}]}""".formatted(RECORDS)));
        PatternSource source = new PatternSource(7, Stream.MOST_SLICE);
        Stream stream = new Stream(definition, new Stream.Parts(source,
                parts.sinks(definition, source, StreamMetrics.NONE, StreamTime.SYSTEM), StreamMetrics.NONE, batch -> {
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
