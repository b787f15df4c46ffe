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

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.memory.MemoryBudget;
import io.freshet.store.BlobStores;
import io.freshet.store.StageStates;
import io.freshet.store.StreamStore;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.Stream;
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

    /** Restores the streams as a new process does, from what the previous one has saved. */
    private Streams fresh() {
        BlobStores blobStores = BlobStores.of(Optional.of(kept));
        return new Streams(parts, new StreamStore(blobStores), new StageStates(blobStores),
                StreamProcesses.history(), meters, hooks, MemoryBudget.unlimited());
    }

    @Test
    void aRestartInTheMiddleOfWindowsNeitherLosesNorRepeatsRecords() {
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
            streams.shutDown(StreamProcesses.DRAIN);
            streams = fresh();
            streams.restore();
        }
        Stream last = streams.find("windowed-topic").orElseThrow();
        await().atMost(PATIENCE).until(() -> last.position() == RECORDS);

        // windows begin up to three quarters of a second before the first record; those of the last second are open
        int windows = (RECORDS - 1) / 250;
        List<ConsumerRecord<String, String>> results = TopicReader.read(broker.bootstrapServers(), "windows.out", 5 * windows);
        streams.shutDown(StreamProcesses.DRAIN);
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

    @Test
    void aBacklogOfOrderedPartitionsHasNoLateRecords() throws Exception {
        int each = 4_000;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("windows.backlog", 3, (short) 1))).all().get();
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), new StringSerializer())) {
            for (int partition = 0; partition < 3; partition++) {
                for (int n = 0; n < each; n++) {
                    producer.send(new ProducerRecord<>("windows.backlog", partition, null,
                            "{\"t\":" + (1_773_828_000_000L + n * 500L) + ",\"k\":\"k" + partition + "\"}"));
                }
                producer.flush();
            }
        }
        Streams streams = fresh();
        streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: windowed-backlog, source: {kafka: {topic: windows.backlog, from: beginning}},
                 stages: [{filter: {field: t, op: exists}}, {window: {size: 60s, time: t, key: k}}],
                 sinks: [{websocket: {}}]}""")));
        Stream running = streams.find("windowed-backlog").orElseThrow();
        await().atMost(PATIENCE).until(() -> running.statistics().stages().get(1).counts().get("results") >= 3 * 33);
        Map<String, Long> counts = running.statistics().stages().get(1).counts();
        streams.shutDown(StreamProcesses.DRAIN);

        // 2,000 s are 33 windows of 60 s and a remainder
        assertThat(counts).containsEntry("too_late", 0L).containsEntry("results", 99L);
    }

    /** Sends one record per millisecond from 1970 on. */
    private void send() {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5), new StringSerializer(),
                new StringSerializer())) {
            IntStream.range(0, RECORDS).forEach(n -> producer.send(new ProducerRecord<>("windows.in", String.valueOf(n % 5),
                    "{\"n\":" + n + ",\"at\":" + n + ",\"key\":\"" + n % 5 + "\"}")));
        }
    }
}
