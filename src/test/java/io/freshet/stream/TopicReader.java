package io.freshet.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning with Kafka's own consumer. */
public final class TopicReader {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TopicReader() {
    }

    /** Reads until there are enough records, or the timeout expires. */
    public static List<ConsumerRecord<String, String>> read(String servers, String topic, int wanted) {
        return readUntil(servers, topic, records -> records.size() >= wanted);
    }

    /** Returns all committed records; none if the topic does not exist. */
    public static List<ConsumerRecord<String, String>> committed(String servers, String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"), new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            Instant patience = Instant.now().plus(PATIENCE);
            while (all.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))
                    && Instant.now().isBefore(patience)) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    public static List<ConsumerRecord<String, String>> readUntil(String servers, String topic,
            Predicate<List<ConsumerRecord<String, String>>> enough) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        Instant end = Instant.now().plus(PATIENCE);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", servers,
                "group.id", UUID.randomUUID().toString(), "auto.offset.reset", "earliest"), new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (!enough.test(records) && Instant.now().isBefore(end)) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            // duplicates would have arrived by now
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        return records;
    }
}
