package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import io.freshet.source.TopicStatus;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Streams whose source is a topic, with a real broker. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class TopicSourceQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Streams streams;

    @Inject
    StreamParts parts;

    RestartableBroker broker;

    @Test
    void messagesKeepTheirKeysAndMalformedOnesBecomeDeadLetters() throws Exception {
        send("relay.in", 0, 1000);
        sendTexts("relay.in", "no json", "[1]");
        Stream stream = create("""
                {name: relay, source: {kafka: {topic: relay.in}}, sinks: [{kafka: {topic: relay.out}}]}""");

        List<ConsumerRecord<String, String>> records = TopicReader.read(broker.bootstrapServers(), "relay.out", 1000);
        assertThat(records).hasSize(1000).allMatch(record -> record.value().equals("{\"n\":" + record.key() + "}"));
        await().atMost(PATIENCE).untilAsserted(() -> {
            TopicStatus topic = stream.statistics().source().topic();
            assertThat(topic.taken()).isEqualTo(1000);
            assertThat(topic.malformed()).isEqualTo(2);
            assertThat(topic.lag()).isZero();
            assertThat(topic.errors()).hasSize(2).first().asString().contains("partition 0, offset 1000");
            assertThat(TopicStreams.committed(broker.bootstrapServers(), "freshet-relay", "relay.in"))
                    .as("what is passed over is dealt with too").isEqualTo(1002);
        });
        given().get("/api/v1/dead-letters?stream=relay").then().body("$", hasSize(2)).body("[0].text", equalTo("no json"))
                .body("[0].reason", containsString("malformed"));
        given().post("/api/v1/dead-letters/replay?stream=relay").then().statusCode(200).body("count", equalTo(2));
        await().atMost(PATIENCE).until(() -> stream.statistics().source().topic().malformed() == 4);
        await().atMost(PATIENCE).untilAsserted(
                () -> given().get("/api/v1/dead-letters?stream=relay").then().body("$", hasSize(2)));
        given().get("/q/metrics").then()
                .body(containsString("freshet_stream_consumer_lag{stream=\"relay\"} 0.0"));
        streams.delete("relay");
    }

    @Test
    void messagesKeepTheirTimesAndHeadersAndTombstonesPass() {
        try (KafkaProducer<String, String> producer = producer()) {
            producer.send(message("whole.in", "k", "{\"a\":1}"));
            producer.send(message("whole.in", "k", null));
            producer.send(message("whole.in", "l", "{\"a\":2}"));
            producer.send(message("whole.in", null, null));
        }
        Stream stream = create("""
                {name: whole, source: {kafka: {topic: whole.in}}, sinks: [{kafka: {topic: whole.out}}, {websocket: {}}]}""");
        Stream staged = create("""
                {name: whole-staged, source: {kafka: {topic: whole.in}}, stages: [{filter: {field: a, op: exists}}],
                 sinks: [{kafka: {topic: whole.staged}}]}""");

        for (String name : List.of("whole", "whole.staged")) {
            String topic = name.equals("whole") ? "whole.out" : name;
            List<ConsumerRecord<String, String>> records = TopicReader.read(broker.bootstrapServers(), topic, 3);
            assertThat(records).extracting(ConsumerRecord::key).as(topic).containsExactly("k", "k", "l");
            assertThat(records.get(1).value()).as(topic).isNull();
            assertThat(records).as(topic).allSatisfy(record -> {
                assertThat(record.timestamp()).isEqualTo(1_577_836_800_000L);
                assertThat(record.headers().lastHeader("trace").value()).containsExactly('a', 'b', 'c');
            });
            assertThat(records).as(topic).extracting(TopicSourceQuarkusTest::id).doesNotHaveDuplicates();
        }
        await().atMost(PATIENCE).until(() -> stream.position() == 3 && staged.position() == 3);
        assertThat(stream.statistics().source().topic().taken()).isEqualTo(3);
        assertThat(stream.statistics().source().topic().tombstones()).isEqualTo(1);
        assertThat(stream.statistics().sinks().get(0).delivered()).isEqualTo(3);
        assertThat(stream.statistics().sinks().get(1).delivered()).as("a socket gets records only").isEqualTo(2);
        given().get("/api/v1/recent/whole").then().statusCode(200).body("count", equalTo(2));
        streams.delete("whole");
        streams.delete("whole-staged");
    }

    @Test
    void theIdsOfARecordItsTombstoneAndARecreatedStreamDiffer() {
        for (int round = 0; round < 2; round++) {
            Stream stream = create(
                    """
                            {name: named, source: {pattern: {}}, pace: {maxRecords: 1}, metadata: false, sinks: [{kafka: {topic: named.out,
                             key: id, cloudEvents: true, timestamp: timestamp, tombstones: 1.0}}]}""");
            await().atMost(PATIENCE).until(() -> stream.state() == StreamState.COMPLETED);
            streams.delete("named");
        }

        List<ConsumerRecord<String, String>> records = TopicReader.read(broker.bootstrapServers(), "named.out", 4);
        assertThat(records).hasSize(4).extracting(TopicSourceQuarkusTest::id).doesNotHaveDuplicates();
        assertThat(records).extracting(record -> text(record, "ce_id")).doesNotHaveDuplicates();
        assertThat(records).allSatisfy(record -> {
            assertThat(record.timestamp()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
            assertThat(text(record, "ce_type")).isIn("view", "click", "purchase");
        });
    }

    private static ProducerRecord<String, String> message(String topic, String key, String value) {
        return new ProducerRecord<>(topic, 0, 1_577_836_800_000L, key, value,
                List.of(new RecordHeader("trace", new byte[] { 'a', 'b', 'c' })));
    }

    private static String id(ConsumerRecord<String, String> record) {
        return text(record, "freshet-id");
    }

    private static String text(ConsumerRecord<String, String> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    @Test
    void aStreamOfATopicThatDoesNotExistIsFailingUntilItDoes() throws Exception {
        Stream stream = create("{name: early, source: {kafka: {topic: early.in}}, sinks: [websocket: {}]}");

        await().atMost(PATIENCE).until(() -> stream.state() == StreamState.FAILING);
        assertThat(stream.statistics().source().lastError())
                .isEqualTo("topic early.in does not exist on Kafka at " + broker.bootstrapServers());
        assertThat(stream.statistics().source().lastErrorAt()).isNotNull();
        given().get("/api/v1/streams/early/health").then().body("status", equalTo("degraded"))
                .body("alerts.find { it.name == 'SOURCE_FAILING' }.reason", containsString("does not exist"));

        send("early.in", 0, 10);
        await().atMost(PATIENCE).until(() -> stream.position() == 10);
        await().atMost(PATIENCE).until(() -> stream.state() == StreamState.RUNNING);
        assertThat(stream.statistics().source().lastError()).isNull();
        streams.delete("early");
    }

    @Test
    void aRestartedStreamResumesAfterWhatItsSinksAcknowledged() {
        send("again.in", 0, 12_000);
        StreamDefinition definition = definition("""
                {name: again, source: {kafka: {topic: again.in, from: beginning}}, pace: {recordsPerSecond: 2000},
                 sinks: [{kafka: {topic: again.out}}]}""");
        Stream first = TopicStreams.begin(parts, definition, ResumePoint.NEW);
        await().atMost(PATIENCE).until(() -> first.position() > 1000);
        first.stop();
        assertThat(first.awaitEnd(PATIENCE)).isTrue();
        Stream second = TopicStreams.begin(parts, definition,
                new ResumePoint(first.position(), StreamState.RUNNING, true, Optional.empty()));
        await().atMost(PATIENCE).until(() -> second.position() == 12_000);

        List<ConsumerRecord<String, String>> records = TopicReader.read(broker.bootstrapServers(), "again.out", 12_000);
        second.stop();
        assertThat(first.position()).as("what was not there yet when it was stopped").isLessThan(12_000);
        assertThat(records).extracting(ConsumerRecord::key).hasSize(12_000).doesNotHaveDuplicates();
    }

    @Test
    void losesNothingDuringAnOutageOfTheBroker() {
        send("outage.in", 0, 20_000);
        Stream stream = create("""
                {name: outage-relay, source: {kafka: {topic: outage.in}}, pace: {recordsPerSecond: 4000},
                 sinks: [{kafka: {topic: outage.out}}]}""");
        await().atMost(PATIENCE).until(() -> stream.position() > 2000);
        broker.stop();
        await().atMost(PATIENCE).until(() -> stream.state() == StreamState.FAILING);
        broker.startAgain();
        send("outage.in", 20_000, 20_100);

        Set<String> keys = new HashSet<>();
        TopicReader.readUntil(broker.bootstrapServers(), "outage.out", records -> {
            records.forEach(record -> keys.add(record.key()));
            return keys.size() >= 20_100;
        });
        assertThat(keys).hasSize(20_100);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(TopicStreams.committed(broker.bootstrapServers(), "freshet-outage-relay", "outage.in"))
                                .isEqualTo(20_100));
        streams.delete("outage-relay");
    }

    @Test
    void pausesLongerThanTheMaximumPollIntervalAndSeeks() {
        send("seek.in", 0, 500);
        Stream stream = create("""
                {name: seeker, source: {kafka: {topic: seek.in, settings: {max.poll.interval.ms: 1500,
                 session.timeout.ms: 6000}}}, sinks: [{websocket: {}}]}""");
        await().atMost(PATIENCE).until(() -> stream.position() == 500);
        given().post("/api/v1/streams/seeker/pause").then().statusCode(200);
        send("seek.in", 500, 600);
        await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> stream.position() == 500);
        await().atMost(PATIENCE).until(() -> stream.statistics().source().topic().lag() == 100);
        assertThat(stream.statistics().source().topic().partitions()).as("still in its group").isEqualTo(1);
        given().post("/api/v1/streams/seeker/resume").then().statusCode(200);
        await().atMost(PATIENCE).until(() -> stream.position() == 600);

        seek("seeker", "\"beginning\"", 200);
        await().atMost(PATIENCE).until(() -> stream.position() == 1200);
        seek("seeker", "{\"0\":590}", 200);
        await().atMost(PATIENCE).until(() -> stream.position() == 1210);
        seek("seeker", "1", 200);
        await().atMost(PATIENCE).until(() -> stream.position() == 1810);
        seek("seeker", "\"end\"", 200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(TopicStreams.committed(broker.bootstrapServers(), "freshet-seeker", "seek.in"))
                        .isEqualTo(600));
        assertThat(stream.position()).isEqualTo(1810);
        seek("seeker", "\"sideways\"", 422);
        seek("seeker", "{\"x\":1}", 422);
        create("{name: unseekable, source: {pattern: {}}, pace: {recordsPerSecond: 1}, sinks: [{websocket: {}}]}");
        seek("unseekable", "\"end\"", 409);
        streams.delete("unseekable");
        streams.delete("seeker");
    }

    @Test
    void errorsNameTheField() {
        refuse("{name: x, source: {kafka: {topic: t, from: yesterday}}, sinks: [{websocket: {}}]}", "source.kafka.from");
        refuse("{name: x, source: {kafka: {topic: t, format: xml}}, sinks: [{websocket: {}}]}", "source.kafka.format");
        refuse("{name: x, source: {kafka: {topic: t, format: avro}}, sinks: [{websocket: {}}]}", "source.kafka.format");
        refuse("{name: x, source: {kafka: {topic: t, settings: {bootstrap.servers: a}}}, sinks: [{websocket: {}}]}",
                "source.kafka.settings.bootstrap.servers");
        refuse("{name: x, source: {kafka: {topic: t}}, chaos: {drop: 0.1}, sinks: [{websocket: {}}]}", "chaos");
    }

    private static void refuse(String yaml, String field) {
        given().contentType("application/json").body(Definitions.yaml(yaml).toString()).post("/api/v1/streams").then()
                .statusCode(422).body("field",
                        equalTo(field));
    }

    private static void seek(String name, String to, int status) {
        given().contentType("application/json").body("{\"to\":" + to + "}").post("/api/v1/streams/" + name + "/seek").then()
                .statusCode(status);
    }

    private Stream create(String yaml) {
        return streams.create(definition(yaml));
    }

    private static StreamDefinition definition(String yaml) {
        return StreamDefinition.parse(Definitions.yaml(yaml));
    }

    private void send(String topic, int from, int to) {
        try (KafkaProducer<String, String> producer = producer()) {
            IntStream.range(from, to).forEach(n -> producer
                    .send(new ProducerRecord<>(topic, String.valueOf(n), "{\"n\":" + n + "}")));
        }
    }

    private void sendTexts(String topic, String... texts) {
        try (KafkaProducer<String, String> producer = producer()) {
            List.of(texts).forEach(text -> producer.send(new ProducerRecord<>(topic, text)));
        }
    }

    private KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5),
                new StringSerializer(), new StringSerializer());
    }
}
