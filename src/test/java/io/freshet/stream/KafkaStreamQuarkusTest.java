package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(BrokerResource.class)
class KafkaStreamQuarkusTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Streams streams;

    RestartableBroker broker;

    @Test
    void deliversEveryRecordToItsTopicWithItsKey() {
        Stream stream = streams.create(definition("""
                {"name": "all", "source": {"pattern": {"seed": 7}}, "pace": {"maxRecords": 12345, "batchSize": 500},
                 "sinks": [{"kafka": {"topic": "all", "key": "user_id"}}]}"""));

        await().atMost(Duration.ofSeconds(30)).until(() -> stream.state() == StreamState.COMPLETED);
        List<ConsumerRecord<String, String>> records = TopicReader.read(broker.bootstrapServers(), "all", 12345);

        TreeMap<String, Integer> batches = new TreeMap<>();
        Set<Long> sequences = new HashSet<>();
        for (ConsumerRecord<String, String> message : records) {
            JsonNode record = parse(message.value());
            assertThat(message.key()).isEqualTo(record.get("user_id").asText());
            assertThat(record.get("_generated_at").asText()).endsWith("Z");
            sequences.add(record.get("sequence").asLong());
            batches.merge(record.get("_batch_id").asText(), 1, Integer::sum);
        }
        assertThat(records).hasSize(12345);
        assertThat(sequences).hasSize(12345);
        assertThat(batches).hasSize(25).containsEntry("batch-000001", 500).containsEntry("batch-000024", 500)
                .containsEntry("batch-000025", 345);
    }

    @Test
    void losesNothingDuringAnOutageOfTheBroker() {
        Stream stream = streams.create(definition("""
                {"name": "outage", "source": {"pattern": {}}, "pace": {"recordsPerSecond": 1000, "maxRecords": 10000},
                 "sinks": [{"kafka": {"topic": "outage"}}]}"""));
        await().atMost(Duration.ofSeconds(20)).until(() -> stream.position() > 1000);

        broker.stop();
        await().atMost(Duration.ofSeconds(30)).until(() -> stream.state() == StreamState.FAILING);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            StreamStatistics.SinkStatistics sink = stream.statistics().sinks().get(0);
            assertThat(sink.lastError()).contains("Kafka at " + broker.bootstrapServers() + " does not answer");
            assertThat(sink.lastErrorAt()).isNotNull();
            assertThat(sink.failing()).isTrue();
        });
        given().get("/q/health/well").then().statusCode(503)
                .body("checks.find { it.name == 'components' }.data.kafka", equalTo("down"))
                .body("checks.find { it.name == 'components' }.data.'kafka.error'", containsString("does not answer"));
        given().get("/api/v1/streams/outage/health").then().body("alerts.find { it.name == 'SINK_FAILING' }.reason",
                containsString("does not answer"));
        broker.startAgain();
        await().atMost(Duration.ofSeconds(30)).until(() -> stream.state() == StreamState.RUNNING);
        await().atMost(Duration.ofSeconds(60)).until(() -> stream.state() == StreamState.COMPLETED);
        assertThat(stream.statistics().sinks().get(0).lastError()).as("it is over").isNull();
        given().get("/q/health/well").then()
                .body("checks.find { it.name == 'components' }.data.kafka", equalTo("up"));

        Set<Long> sequences = new HashSet<>();
        TopicReader.readUntil(broker.bootstrapServers(), "outage", records -> {
            records.forEach(record -> sequences.add(parse(record.value()).get("sequence").asLong()));
            return sequences.size() >= 10000;
        });
        assertThat(sequences).hasSize(10000);
        assertThat(stream.statistics().sinks().get(0).delivered()).isEqualTo(10000);
    }

    private static StreamDefinition definition(String json) {
        return StreamDefinition.parse(parse(json));
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
