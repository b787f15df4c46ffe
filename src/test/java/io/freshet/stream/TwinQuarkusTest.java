package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import io.freshet.model.Conditions;
import io.freshet.model.DrawnRows;
import io.freshet.model.SynthesisModel;
import io.freshet.source.TopicStatus;
import io.freshet.store.Models;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Twins of topics, with a real broker. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class TwinQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Streams streams;

    @Inject
    StreamParts parts;

    @Inject
    Models models;

    RestartableBroker broker;

    @Test
    void generatesRowsForEachMessageIncludingThoseBeforeItsFirstModel() throws Exception {
        send("ratio.in", 0, 300, 50);
        Stream stream = create("""
                {name: twin, source: {twin: {topic: ratio.in, ratio: 1.5, min_rows: 400}}, metadata: false,
                 sinks: [{kafka: {topic: ratio.out}}]}""");
        await().atMost(PATIENCE).until(() -> topic(stream).taken() == 300);
        assertThat(stream.position()).as("no model yet").isZero();
        assertThat(topic(stream).owed()).isEqualTo(450);
        assertThat(TopicStreams.committed(broker.bootstrapServers(), "freshet-twin", "ratio.in"))
                .as("nothing is made of them yet").isEqualTo(-1);

        send("ratio.in", 300, 7001, 50);
        await().atMost(PATIENCE).until(() -> topic(stream).taken() == 7001 && stream.position() == 10_501);
        List<ConsumerRecord<String, String>> records = TopicReader.read(broker.bootstrapServers(), "ratio.out", 10_501);
        assertThat(records).hasSize(10_501);
        assertThat(mean(records)).isCloseTo(50, within(1.0));
        assertThat(records).allMatch(record -> record.value().matches("\\{\"age\":\\d+,\"region\":\"(East|West)\"}"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(TopicStreams.committed(broker.bootstrapServers(), "freshet-twin", "ratio.in"))
                        .isEqualTo(7001));
        given().get("/api/v1/models/twin").then().statusCode(200).body("name", equalTo("twin"));
        streams.delete("twin");
    }

    @Test
    void followsChangesInItsTopic() {
        send("drift.in", 0, 3000, 40);
        Stream stream = create("""
                {name: follower, source: {twin: {topic: drift.in, window_rows: 2000}}, metadata: false,
                 sinks: [{kafka: {topic: drift.out}}]}""");
        await().atMost(PATIENCE).until(() -> stream.position() == 3000);
        send("drift.in", 3000, 6000, 60);
        await().atMost(PATIENCE).until(() -> stream.position() == 6000);
        await().atMost(PATIENCE).until(() -> leastAge(models.find("follower").orElseThrow().model()) >= 50);
        send("drift.in", 6000, 8000, 60);
        await().atMost(PATIENCE).until(() -> stream.position() == 8000);

        List<ConsumerRecord<String, String>> records = TopicReader.read(broker.bootstrapServers(), "drift.out", 8000);
        assertThat(mean(records.subList(0, 2500))).isCloseTo(40, within(1.5));
        assertThat(mean(records.subList(6500, 8000))).isCloseTo(60, within(1.5));
        streams.delete("follower");
    }

    @Test
    void aContradictingRowIsSkippedAndChangedContentsAreLearnedAgain() {
        send("odd.in", 0, 1000, 40);
        Stream stream = create("""
                {name: odd, source: {twin: {topic: odd.in, weight: 0.5, learn_every: 200}}, metadata: false,
                 sinks: [{kafka: {topic: odd.out}}]}""");
        await().atMost(PATIENCE).until(() -> stream.position() == 1000);
        sendTexts("odd.in", List.of("{\"age\":\"forty\",\"region\":\"East\"}"));
        send("odd.in", 1000, 1999, 40);
        await().atMost(PATIENCE).until(() -> stream.position() == 2000);
        await().atMost(PATIENCE).until(() -> String.valueOf(stream.statistics().source().warning()).contains("were skipped"));
        assertThat(models.find("odd").orElseThrow().model().schema().size()).isEqualTo(2);

        // rows that are learned together with old ones only look incomplete
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            sendTexts("odd.in", IntStream.range(0, 300).mapToObj(i -> "{\"speed\":" + i % 9 + "}").toList());
            return models.find("odd").orElseThrow().model().schema().columns().get(0).name().equals("speed");
        });
        await().atMost(PATIENCE).until(() -> stream.position() >= 2300);
        streams.delete("odd");
    }

    @Test
    void aRestartedTwinOwesWhatItHadNotDelivered() {
        send("again.twin.in", 0, 9000, 50);
        StreamDefinition definition = definition("""
                {name: twin-again, source: {twin: {topic: again.twin.in, ratio: 2}}, pace: {recordsPerSecond: 2000},
                 metadata: false, sinks: [{kafka: {topic: again.twin.out}}]}""");
        Stream first = TopicStreams.begin(parts, definition, ResumePoint.NEW);
        await().atMost(PATIENCE).until(() -> first.position() > 1000);
        first.stop();
        assertThat(first.awaitEnd(PATIENCE)).isTrue();
        assertThat(first.position()).isLessThan(18_000);
        Stream second = TopicStreams.begin(parts, definition,
                new ResumePoint(first.position(), StreamState.RUNNING, true, Optional.empty()));
        await().atMost(PATIENCE).until(() -> second.position() >= 18_000);
        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> topic(second).owed() == 0);
        second.stop();

        List<ConsumerRecord<String, String>> records = TopicReader.read(broker.bootstrapServers(), "again.twin.out", 18_000);
        assertThat(records.size()).as("at most the rows of one message are made again").isBetween(18_000, 18_001);
    }

    @Test
    void errorsNameTheField() {
        refuse("{topic: t, ratio: 0}", "source.twin.ratio");
        refuse("{topic: t, weight: 0.1, window_rows: 5}", "source.twin.window_rows");
        refuse("{topic: t, method: magic}", "source.twin.method");
        refuse("{topic: t, model: 'no name'}", "source.twin.model");
    }

    private static void refuse(String twin, String field) {
        given().contentType("application/json")
                .body(Definitions.yaml("{name: x, source: {twin: " + twin + "}, sinks: [{websocket: {}}]}").toString())
                .post("/api/v1/streams").then().statusCode(422).body("field", equalTo(field));
    }

    private static TopicStatus topic(Stream stream) {
        TopicStatus topic = stream.statistics().source().topic();
        return topic == null ? new TopicStatus("", "", 0, 0, 0, 0, 0, 0, List.of(), false) : topic;
    }

    private static double mean(List<ConsumerRecord<String, String>> records) {
        return records.stream().mapToInt(record -> Integer.parseInt(record.value().replaceAll("\\D+(\\d+).*", "$1"))).average()
                .orElseThrow();
    }

    private static double leastAge(SynthesisModel model) {
        DrawnRows rows = DrawnRows.of(model, 1, Conditions.none(), 0, 1_000);
        return IntStream.range(0, rows.size()).mapToDouble(row -> rows.number("age", row)).min().orElseThrow();
    }

    private Stream create(String yaml) {
        return streams.create(definition(yaml));
    }

    private static StreamDefinition definition(String yaml) {
        return StreamDefinition.parse(Definitions.yaml(yaml));
    }

    private void send(String topic, int from, int to, int mean) {
        Random random = new Random(from);
        sendTexts(topic, random.ints(to - from, mean - 10, mean + 11)
                .mapToObj(age -> "{\"age\":" + age + ",\"region\":\"" + (age % 2 == 0 ? "East" : "West") + "\"}").toList());
    }

    private void sendTexts(String topic, List<String> texts) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5), new StringSerializer(),
                new StringSerializer())) {
            texts.forEach(text -> producer.send(new ProducerRecord<>(topic, text)));
        }
    }
}
