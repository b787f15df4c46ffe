package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import io.freshet.source.Seek;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Reading a topic and writing the results in one transaction, with a real broker. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class TopicOnceQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int RECORDS = 12_000;

    @Inject
    StreamParts parts;

    RestartableBroker broker;

    @Test
    void rebalancesAndARestartOfTheBrokerNeitherLoseNorRepeatARecord() throws Exception {
        String servers = broker.bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("once.in", 3, (short) 1))).all().get();
        }
        send("once.in", 0, RECORDS, "{\"n\":%d}");
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml("""
                {name: topic-once, source: {kafka: {topic: once.in, from: beginning}}, pace: {recordsPerSecond: 1500},
                 stages: [{filter: {field: n, op: less_than, value: %d}}, {transform: {rename: {n: number}}}],
                 sinks: [{kafka: {topic: once.out, exactlyOnce: true}}]}""".formatted(RECORDS - 100)));
        // the previous instances are not stopped, so partitions move back and forth
        List<Stream> startedAt = new ArrayList<>(List.of(TopicStreams.begin(parts, definition, ResumePoint.NEW)));
        for (int again = 1; again <= 2; again++) {
            int min = again * 2000;
            await().atMost(PATIENCE).until(() -> committed("once.out").size() >= min);
            startedAt.add(TopicStreams.begin(parts, definition,
                    new ResumePoint(0, StreamState.RUNNING, true, Optional.empty())));
        }
        broker.stop();
        broker.startAgain();
        await().atMost(PATIENCE).until(() -> committed("once.out").size() >= RECORDS - 100);
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(offsets("freshet-topic-once")).as("what comes to nothing is read too").isEqualTo(RECORDS));
        startedAt.forEach(Stream::stop);
        startedAt.forEach(stream -> stream.awaitEnd(PATIENCE));

        assertThat(committed("once.out")).extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RECORDS - 100).mapToObj("{\"number\":%d}"::formatted).toList());
    }

    @Test
    void aTwinThatIsInterruptedAndRestartedGeneratesExactlyTheRowsItOwes() throws Exception {
        send("once.twin.in", 0, 6001, "{\"age\":%d}");
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml("""
                {name: twin-once, source: {twin: {topic: once.twin.in, from: beginning, ratio: 1.5}}, metadata: false,
                 pace: {recordsPerSecond: 2000}, sinks: [{kafka: {topic: once.twin.out, exactlyOnce: true}}]}"""));
        List<Stream> startedAt = new ArrayList<>();
        for (int min : new int[] { 1000, 4000, 9001 }) {
            // as after a process was killed before it saved its position
            startedAt.add(TopicStreams.begin(parts, definition,
                    new ResumePoint(0, StreamState.RUNNING, !startedAt.isEmpty(), Optional.empty())));
            await().atMost(PATIENCE).until(() -> committed("once.twin.out").size() >= min);
            Stream last = startedAt.get(startedAt.size() - 1);
            last.stop();
            assertThat(last.awaitEnd(PATIENCE)).isTrue();
        }
        List<ConsumerRecord<String, String>> rows = committed("once.twin.out");
        assertThat(rows).hasSize(9001).extracting(TopicOnceQuarkusTest::id).doesNotHaveDuplicates()
                .contains("twin-once/0", "twin-once/9000");
        assertThat(offsets("freshet-twin-once")).isEqualTo(6001);
    }

    @Test
    void aSeekContinuesFromTheNewPosition() throws Exception {
        send("once.seek.in", 0, 500, "{\"n\":%d}");
        StreamDefinition definition = StreamDefinition.parse(Definitions.yaml("""
                {name: seek-once, source: {kafka: {topic: once.seek.in, from: beginning}},
                 sinks: [{kafka: {topic: once.seek.out, exactlyOnce: true}}]}"""));
        Stream stream = TopicStreams.begin(parts, definition, ResumePoint.NEW);
        await().atMost(PATIENCE).until(() -> offsets("freshet-seek-once") == 500);
        stream.seek(new Seek.Offsets(Map.of(0, 450L)));
        await().atMost(PATIENCE).until(() -> committed("once.seek.out").size() == 550);
        await().atMost(PATIENCE).until(() -> offsets("freshet-seek-once") == 500);
        stream.stop();
        assertThat(stream.awaitEnd(PATIENCE)).isTrue();
        assertThat(committed("once.seek.out")).extracting(ConsumerRecord::value)
                .filteredOn(value -> value.equals("{\"n\":450}")).hasSize(2);
    }

    @Test
    void rejectsWhatCannotBePartOfTheTransaction() {
        refuse("{name: x, source: {kafka: {topic: t}}, sinks: [{kafka: {topic: o, exactlyOnce: true}}, {websocket: {}}]}",
                "sinks[0].kafka.exactlyOnce");
        refuse("{name: x, source: {kafka: {topic: t, commit: automatic}}, sinks: [{kafka: {topic: o, exactlyOnce: true}}]}",
                "source.kafka.commit");
        refuse("""
                {name: x, source: {twin: {topic: t, settings: {isolation.level: read_uncommitted}}},
                 sinks: [{kafka: {topic: o, exactlyOnce: true}}]}""", "source.twin.settings.isolation.level");
        refuse("""
                {name: x, source: {kafka: {topic: t}}, stages: [{window: {size: 1s, values: {n: sum}}}],
                 sinks: [{kafka: {topic: o, exactlyOnce: true}}]}""", "sinks[0].kafka.exactlyOnce");
        given().contentType("application/json")
                .body(Definitions
                        .yaml("{name: other, source: {pattern: {}}, pace: {recordsPerSecond: 1}, sinks: [{websocket: {}}]}")
                        .toString())
                .post("/api/v1/streams").then().statusCode(201);
        refuse("{name: x, source: {stream: other}, sinks: [{kafka: {topic: o, exactlyOnce: true}}]}",
                "sinks[0].kafka.exactlyOnce");
        given().delete("/api/v1/streams/other").then().statusCode(204);
    }

    private static void refuse(String yaml, String field) {
        given().contentType("application/json").body(Definitions.yaml(yaml).toString()).post("/api/v1/streams").then()
                .statusCode(422).body("field", equalTo(field));
    }

    private static String id(ConsumerRecord<String, String> row) {
        return new String(row.headers().lastHeader("freshet-id").value(), StandardCharsets.UTF_8);
    }

    private List<ConsumerRecord<String, String>> committed(String topic) {
        return TopicReader.committed(broker.bootstrapServers(), topic);
    }

    /** Returns the committed offsets of a group, summed over all partitions. */
    private long offsets(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(each -> each.offset()).sum();
        }
    }

    private void send(String topic, int from, int to, String format) {
        // one request at a time: if the first batch for a new partition fails because it has no leader yet, and the second one
        // succeeds, the broker never accepts the first one
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5,
                "max.in.flight.requests.per.connection", 1);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(),
                new StringSerializer())) {
            List<Future<RecordMetadata>> sent = IntStream.range(from, to).mapToObj(n -> producer
                    .send(new ProducerRecord<>(topic, String.valueOf(n), format.formatted(n)))).toList();
            producer.flush();
            assertThat(sent).allSatisfy(each -> assertThat(each).succeedsWithin(Duration.ZERO));
        }
    }
}
