package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.time.Duration;
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
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import io.freshet.source.TopicStatus;
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
    void messagesGoOnWithTheirKeysAndBadOnesBecomeDeadLetters() throws Exception {
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
    void aStreamThatBeginsAgainGoesOnBehindWhatItsSinksHad() {
        send("again.in", 0, 12_000);
        StreamDefinition definition = definition("""
                {name: again, source: {kafka: {topic: again.in, from: beginning}}, pace: {recordsPerSecond: 2000},
                 sinks: [{kafka: {topic: again.out}}]}""");
        Stream first = TopicStreams.begin(parts, definition, StartingPoint.NEW);
        await().atMost(PATIENCE).until(() -> first.position() > 1000);
        first.stop();
        assertThat(first.awaitEnd(PATIENCE)).isTrue();
        Stream second = TopicStreams.begin(parts, definition,
                new StartingPoint(first.position(), StreamState.RUNNING, true, Optional.empty()));
        await().atMost(PATIENCE).until(() -> second.position() == 12_000);

        List<ConsumerRecord<String, String>> records = TopicReader.read(broker.bootstrapServers(), "again.out", 12_000);
        second.stop();
        assertThat(first.position()).as("what was not there yet when it was stopped").isLessThan(12_000);
        assertThat(records).extracting(ConsumerRecord::key).hasSize(12_000).doesNotHaveDuplicates();
    }

    @Test
    void losesNothingWhenTheBrokerGoesAwayAndComesBack() {
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
    void pausesLongerThanKafkaLetsAConsumerBeAwayAndSeeks() {
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
    void mistakesAreNamed() {
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
