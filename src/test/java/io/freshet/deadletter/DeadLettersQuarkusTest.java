package io.freshet.deadletter;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.freshet.stream.BrokerResource;
import io.freshet.stream.Definitions;
import io.freshet.stream.RestartableBroker;
import io.freshet.stream.Streams;
import io.freshet.stream.TopicReader;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Dead letters with a real broker: rejected records, an outage, replay and purge. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class DeadLettersQuarkusTest {

    private static final String LETTERS = "/api/v1/dead-letters";

    @Inject
    Streams streams;

    RestartableBroker broker;

    @Test
    void rejectedRecordsBecomeDeadLettersWithTheirHistoryAndCanBeReplayed() throws Exception {
        // a compacted topic rejects messages without a key
        topic("narrow", "cleanup.policy", "compact");
        Stream stream = streams.create(definition("narrow", "maxRecords: 50", "", ""));
        await().atMost(Duration.ofSeconds(40)).until(() -> stream.state() == StreamState.COMPLETED);

        assertThat(stream.statistics().sinks().get(0).deadLettered()).isEqualTo(50);
        assertThat(stream.statistics().sinks().get(0).breaker()).isEqualTo("closed");
        given().get(LETTERS + "?stream=narrow").then().statusCode(200).body("$", hasSize(50)).body("[0].position", equalTo(0))
                .body("[0].target", equalTo("narrow")).body("[0].attempts", equalTo(1));
        ConsumerRecord<String, String> message = of("narrow", TopicReader.readUntil(broker.bootstrapServers(),
                "freshet.dead-letters", records -> of("narrow", records).size() >= 50)).get(0);
        assertThat(header(message, "freshet-position")).isEqualTo("0");
        assertThat(header(message, "freshet-sink")).isEqualTo("kafka");
        assertThat(header(message, "freshet-original-topic")).isEqualTo("narrow");
        assertThat(header(message, "freshet-reason")).contains("topic narrow:");
        assertThat(header(message, "freshet-time")).endsWith("Z");
        assertThat(header(message, "dead-letter-topic")).isEqualTo("narrow");
        assertThat(header(message, "dead-letter-reason")).isEqualTo(header(message, "freshet-reason"));
        assertThat(header(message, "dead-letter-cause")).isEqualTo("rejected");
        assertThat(message.value()).startsWith("{\"id\":\"evt-000000000000\"");

        topic("narrow", "cleanup.policy", "delete");
        String id = given().get(LETTERS + "?stream=narrow").path("[0].id");
        given().get(LETTERS + "/" + id).then().statusCode(200).body("stream", equalTo("narrow"));
        given().delete(LETTERS + "?stream=narrow&id=" + id).then().body("count", equalTo(1));
        given().get(LETTERS + "?stream=narrow&limit=1").then().body("[0].position", equalTo(1));
        given().post(LETTERS + "/replay?stream=narrow&reason=nonsense").then().body("count", equalTo(0));
        given().post(LETTERS + "/replay?stream=narrow").then().statusCode(200).body("count", equalTo(49));
        assertThat(TopicReader.read(broker.bootstrapServers(), "narrow", 49)).hasSize(49)
                .allMatch(each -> each.value().contains("\"sequence\":"));
        given().get(LETTERS + "?stream=narrow").then().body("$", hasSize(0));
        given().get(LETTERS + "/" + id).then().statusCode(404).body("field", equalTo("id"));
    }

    @Test
    void recordsAbandonedWhileKafkaIsDownWaitOnDiskAndReachTheTopicLater() {
        Stream stream = streams
                .create(definition("down", "recordsPerSecond: 500, maxRecords: 6000", ", key: user_id", ", giveUpAfter: 1s"));
        await().atMost(Duration.ofSeconds(20)).until(() -> stream.position() > 500);
        broker.stop();
        await().atMost(Duration.ofSeconds(60)).until(() -> stream.statistics().sinks().get(0).deadLettered() > 500);
        assertThat(stream.statistics().sinks().get(0).failing()).isTrue();
        broker.startAgain();
        await().atMost(Duration.ofSeconds(60)).until(() -> stream.state() == StreamState.COMPLETED);
        long dead = stream.statistics().sinks().get(0).deadLettered();
        assertThat(stream.statistics().sinks().get(0).delivered() + dead).isEqualTo(6000);

        List<ConsumerRecord<String, String>> letters = TopicReader.readUntil(broker.bootstrapServers(), "freshet.dead-letters",
                records -> of("down", records).size() >= dead);
        List<Long> positions = of("down", letters).stream().map(each -> Long.valueOf(header(each, "freshet-position")))
                .toList();
        assertThat(letters.stream().filter(each -> header(each, "freshet-stream").equals("down")))
                .allMatch(each -> header(each, "freshet-key").startsWith("user-"));
        assertThat(positions).doesNotHaveDuplicates().hasSize((int) dead);
        Set<Long> all = new HashSet<>(positions);
        TopicReader.read(broker.bootstrapServers(), "down", (int) (6000 - dead))
                .forEach(each -> all.add(Long.valueOf(each.value().replaceAll(".*\"sequence\":(\\d+),.*", "$1"))));
        assertThat(all).as("nothing is lost").hasSize(6000);

        given().delete(LETTERS + "?stream=down&reason=abandoned").then().statusCode(200).body("count", equalTo((int) dead));
        given().get(LETTERS + "?stream=down").then().body("$", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void onlyTheRecordsOfABatchThatAreTooLargeForTheTopicBecomeDeadLetters(boolean exactlyOnce) throws Exception {
        String name = "small-" + exactlyOnce;
        topic(name, "max.message.bytes", "1500");
        Stream stream = streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: %s, source: {pattern: {seed: 7}}, pace: {maxRecords: 3000}, metadata: false,
                 stages: [enrich: {rules: [{when: {field: sequence, op: in, value: [40, 41, 2900]}, set: {much: %s}}]}],
                 sinks: [{kafka: {topic: %s, exactlyOnce: %b}}]}""".formatted(name, "x".repeat(5_000), name, exactlyOnce))));
        await().atMost(Duration.ofSeconds(60)).until(() -> stream.state() == StreamState.COMPLETED);

        assertThat(stream.statistics().sinks().get(0).deadLettered()).isEqualTo(3);
        assertThat(stream.statistics().sinks().get(0).delivered()).isEqualTo(2_997);
        given().get(LETTERS + "?stream=" + name).then().body("position", hasItems(40, 41, 2900));
        given().post(LETTERS + "/replay?stream=" + name).then().statusCode(503);
        given().get(LETTERS + "?stream=" + name).then().body("$", hasSize(3));
    }

    @Test
    void aDeadLetterThatIsTooLargeForItsTopicDoesNotBlockOthers() throws Exception {
        topic("freshet.dead-letters", "max.message.bytes", "20000");
        topic("oversized", "max.message.bytes", "1500");
        Stream stream = streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: oversized, source: {pattern: {seed: 7}}, pace: {maxRecords: 300, batchSize: 10}, metadata: false,
                 stages: [enrich: {rules: [{when: {field: sequence, op: in, value: [7]}, set: {much: %s}},
                                           {when: {field: sequence, op: in, value: [8, 200]}, set: {much: %s}}]}],
                 sinks: [{kafka: {topic: oversized}}]}""".formatted("x".repeat(50_000), "x".repeat(5_000)))));
        await().atMost(Duration.ofSeconds(60)).until(() -> stream.state() == StreamState.COMPLETED);

        given().get(LETTERS + "?stream=oversized").then().body("position", containsInAnyOrder(7, 8, 200));
        List<ConsumerRecord<String, String>> inTopic = of("oversized", TopicReader.readUntil(broker.bootstrapServers(),
                "freshet.dead-letters", records -> of("oversized", records).size() >= 2));
        assertThat(inTopic).extracting(each -> header(each, "freshet-position")).containsExactlyInAnyOrder("8", "200");
        given().get("/q/health/well").then().body("checks.find { it.name == 'components' }.data.deadLettersTooLargeForTopic",
                equalTo(1));
        given().delete(LETTERS + "?stream=oversized").then().statusCode(200).body("count", equalTo(3));
        given().get("/q/health/well").then().body("checks.find { it.name == 'components' }.data.spilledDeadLetterBytes",
                equalTo(0));
    }

    @Test
    void aTopicWhoseLimitIsLoweredWhileAStreamRunsStillGetsAllRecordsThatFit() throws Exception {
        topic("shrinking", "max.message.bytes", "1000000");
        Stream stream = streams.create(definition("shrinking", "recordsPerSecond: 2000, maxRecords: 6000", "", ""));
        await().atMost(Duration.ofSeconds(40)).until(() -> stream.position() > 1000);
        topic("shrinking", "max.message.bytes", "1000");
        await().atMost(Duration.ofSeconds(120)).until(() -> stream.state() == StreamState.COMPLETED);

        assertThat(stream.statistics().sinks().get(0).delivered()).isEqualTo(6_000);
        assertThat(stream.statistics().sinks().get(0).deadLettered()).isZero();
    }

    @Test
    void aReplayedMessageHasItsOriginalHeadersAndTime() throws Exception {
        topic("headed", "max.message.bytes", "400");
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers",
                broker.bootstrapServers()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("headed.in", null, 1_600_000_000_000L, "k0",
                    "{\"i\":0,\"pad\":\"" + "x".repeat(900) + "\"}", List.of(new RecordHeader("trace", new byte[] { 7 }))));
            producer.send(new ProducerRecord<>("headed.in", "k1", "{\"i\":1}"));
        }
        Stream stream = streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: headed, source: {kafka: {topic: headed.in}}, metadata: false,
                 sinks: [{kafka: {topic: headed, cloudEvents: true}}]}""")));
        await().atMost(Duration.ofSeconds(60)).until(() -> stream.position() == 2);
        given().get(LETTERS + "?stream=headed").then().body("$", hasSize(1)).body("[0].kind", equalTo("kafka"))
                .body("[0].code", equalTo("too_large")).body("[0].timestamp", equalTo("2020-09-13T12:26:40Z"))
                .body("[0].headers.ce_type", equalTo("io.freshet.record"));
        topic("headed", "max.message.bytes", "100000");
        given().post(LETTERS + "/replay?stream=headed").then().statusCode(200).body("count", equalTo(1));

        List<ConsumerRecord<String, String>> messages = TopicReader.read(broker.bootstrapServers(), "headed", 2);
        ConsumerRecord<String, String> direct = messages.get(0);
        ConsumerRecord<String, String> replayed = messages.get(1);
        assertThat(direct.key()).isEqualTo("k1");
        assertThat(replayed.key()).isEqualTo("k0");
        assertThat(replayed.timestamp()).isEqualTo(1_600_000_000_000L);
        assertThat(replayed.headers().lastHeader("trace").value()).containsExactly(7);
        assertThat(header(replayed, "freshet-id")).startsWith("headed/").endsWith("/0-0");
        assertThat(header(replayed, "ce_id")).isEqualTo(header(replayed, "freshet-id").substring("headed/".length()));
        assertThat(header(replayed, "ce_time")).isEqualTo("2020-09-13T12:26:40Z");
        for (String name : List.of("ce_specversion", "ce_source", "ce_type", "content-type")) {
            assertThat(header(replayed, name)).as(name).isEqualTo(header(direct, name)).isNotEmpty();
        }
        streams.delete("headed");
    }

    @Test
    void rejectsAnInvalidLimit() {
        given().get(LETTERS + "?limit=0").then().statusCode(422).body("field", equalTo("limit"));
    }

    private static List<ConsumerRecord<String, String>> of(String stream, List<ConsumerRecord<String, String>> letters) {
        return letters.stream().filter(each -> each.value() != null && header(each, "freshet-stream").equals(stream)).toList();
    }

    private static String header(ConsumerRecord<String, String> message, String name) {
        return message.headers().lastHeader(name) == null ? ""
                : new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private void topic(String name, String setting, String value) throws Exception {
        try (Admin admin = Admin.create(java.util.Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            if (admin.listTopics().names().get().contains(name)) {
                var topic = new org.apache.kafka.common.config.ConfigResource(
                        org.apache.kafka.common.config.ConfigResource.Type.TOPIC, name);
                var change = new org.apache.kafka.clients.admin.AlterConfigOp(
                        new org.apache.kafka.clients.admin.ConfigEntry(setting, value),
                        org.apache.kafka.clients.admin.AlterConfigOp.OpType.SET);
                admin.incrementalAlterConfigs(java.util.Map.of(topic, List.of(change))).all().get();
            } else {
                admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(java.util.Map.of(setting, value)))).all()
                        .get();
            }
        }
    }

    private static StreamDefinition definition(String name, String pace, String key, String more) {
        return StreamDefinition.parse(Definitions.yaml("""
                {name: %s, source: {pattern: {seed: 7}}, pace: {%s, batchSize: 10}, metadata: false,
                 sinks: [{kafka: {topic: %s%s}%s}]}""".formatted(name, pace, name, key, more)));
    }
}
