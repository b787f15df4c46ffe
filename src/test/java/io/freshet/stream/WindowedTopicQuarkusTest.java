package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.store.Shelves;
import io.freshet.store.StageStates;
import io.freshet.store.StreamStore;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Windows over a topic, with a real broker. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class WindowedTopicQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECORDS = 12_000;

    @Inject
    StreamParts parts;

    @Inject
    StreamMeters meters;

    @Inject
    StreamHooks hooks;

    @TempDir
    Path kept;

    RestartableBroker broker;

    /** As a process begins, with what the one before has kept. */
    private Streams fresh() {
        Shelves shelves = Shelves.of(Optional.of(kept));
        return new Streams(parts, new StreamStore(shelves), new StageStates(shelves),
                StreamProcesses.history(), meters, hooks);
    }

    @Test
    void aRestartInTheMiddleOfWindowsLosesAndRepeatsNothing() {
        send();
        Streams streams = fresh();
        streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: windowed-topic, source: {kafka: {topic: windows.in, from: beginning}}, pace: {recordsPerSecond: 3000},
                 stages: [{filter: {field: n, op: exists}},
                          {window: {size: 1s, slide: 250ms, time: at, key: key, values: {n: sum}}}],
                 sinks: [{kafka: {topic: windows.out}}]}""")));
        for (int restart = 1; restart < 3; restart++) {
            int far = restart * 3000;
            Stream running = streams.find("windowed-topic").orElseThrow();
            await().atMost(PATIENCE).until(() -> running.position() > far);
            streams.shutDown();
            streams = fresh();
            streams.restore();
        }
        Stream last = streams.find("windowed-topic").orElseThrow();
        await().atMost(PATIENCE).until(() -> last.position() == RECORDS);

        // windows begin up to three quarters of a second before the first record; those of the last second are open
        int windows = (RECORDS - 1) / 250;
        List<ConsumerRecord<String, String>> results = TopicReader.read(broker.bootstrapServers(), "windows.out", 5 * windows);
        streams.shutDown();
        assertThat(results).hasSize(5 * windows).extracting(result -> {
            JsonNode json = Definitions.yaml(result.value());
            return json.get("key").asText() + json.get("window_start").asText();
        }).doesNotHaveDuplicates();
        for (ConsumerRecord<String, String> result : results) {
            JsonNode json = Definitions.yaml(result.value());
            long start = Instant.parse(json.get("window_start").asText()).toEpochMilli();
            int key = json.get("key").asInt();
            long sum = IntStream.range((int) Math.max(0, start), (int) start + 1000).filter(n -> n % 5 == key)
                    .asLongStream().sum();
            assertThat(json.at("/n/sum").asLong()).as(json.toString()).isEqualTo(sum);
            assertThat(result.key()).isEqualTo(json.get("key").asText());
        }
    }

    /** A record a millisecond from 1970 on. */
    private void send() {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5), new StringSerializer(),
                new StringSerializer())) {
            IntStream.range(0, RECORDS).forEach(n -> producer.send(new ProducerRecord<>("windows.in", String.valueOf(n % 5),
                    "{\"n\":" + n + ",\"at\":" + n + ",\"key\":\"" + n % 5 + "\"}")));
        }
    }
}
