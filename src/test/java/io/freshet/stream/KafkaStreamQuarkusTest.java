package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
    void bringsEveryRecordToItsTopicWithItsKey() {
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
    void losesNothingWhenTheBrokerGoesAwayAndComesBack() {
        Stream stream = streams.create(definition("""
                {"name": "outage", "source": {"pattern": {}}, "pace": {"recordsPerSecond": 1000, "maxRecords": 10000},
                 "sinks": [{"kafka": {"topic": "outage"}}]}"""));
        await().atMost(Duration.ofSeconds(20)).until(() -> stream.position() > 1000);

        broker.stop();
        await().atMost(Duration.ofSeconds(30)).until(() -> stream.state() == StreamState.FAILING);
        assertThat(stream.statistics().sinks().get(0).lastError()).isNotBlank();
        broker.startAgain();
        await().atMost(Duration.ofSeconds(30)).until(() -> stream.state() == StreamState.RUNNING);
        await().atMost(Duration.ofSeconds(60)).until(() -> stream.state() == StreamState.COMPLETED);

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
