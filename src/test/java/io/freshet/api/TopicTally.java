package io.freshet.api;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads a topic with a consumer of its own, parses every message and counts its values. */
final class TopicTally {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String keyField;
    private final List<String> fields;
    private final Map<String, Map<String, Integer>> counts = new HashMap<>();
    private int messages;
    private int wrongKeys;

    private TopicTally(String keyField, List<String> fields) {
        this.keyField = keyField;
        this.fields = fields;
    }

    /**
     * Counts until the expected number of messages has arrived, and a little longer in case there are more.
     *
     * @param fields whose values are counted
     */
    static TopicTally of(String topic, int expected, String keyField, List<String> fields) throws IOException {
        TopicTally tally = new TopicTally(keyField, fields);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", System.getProperty(KafkaServer.ADDRESS), "group.id", "independent",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            boolean more = true;
            while (more && System.nanoTime() < deadline) {
                more = tally.messages < expected;
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(500))) {
                    tally.add(message);
                }
            }
        }
        return tally;
    }

    private void add(ConsumerRecord<String, String> message) throws IOException {
        JsonNode record = MAPPER.readTree(message.value());
        messages++;
        wrongKeys += record.get(keyField).asText().equals(message.key()) ? 0 : 1;
        for (String field : fields) {
            counts.computeIfAbsent(field, name -> new HashMap<>()).merge(record.get(field).asText(), 1, Integer::sum);
        }
    }

    int messages() {
        return messages;
    }

    int wrongKeys() {
        return wrongKeys;
    }

    /** Returns the frequency of each value of a field. */
    Map<String, Integer> counts(String field) {
        return counts.getOrDefault(field, Map.of());
    }

    /** Returns the share of messages with a value. */
    double share(String field, String value) {
        return counts(field).getOrDefault(value, 0) / (double) messages;
    }
}
