package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Dead letters with a real broker: refused records, an outage, replay and purge. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class DeadLettersQuarkusTest {

    private static final String LETTERS = "/api/v1/dead-letters";

    @Inject
    Streams streams;

    RestartableBroker broker;

    @Test
    void recordsThatAreRefusedBecomeLettersWithTheirStoryAndCanBeReplayed() throws Exception {
        // a compacted topic refuses messages without a key
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
    void whatIsGivenUpWhileKafkaIsDownWaitsOnDiskAndComesToTheTopicLater() {
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

        given().delete(LETTERS + "?stream=down&reason=given up").then().statusCode(200).body("count", equalTo((int) dead));
        given().get(LETTERS + "?stream=down").then().body("$", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void ofARunOnlyTheRecordsThatATopicFindsTooLargeBecomeLetters(boolean exactlyOnce) throws Exception {
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
    void refusesALimitThatIsNone() {
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
