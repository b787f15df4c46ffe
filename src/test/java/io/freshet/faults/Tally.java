package io.freshet.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a consumer that counts has found in a topic.
 *
 * @param messages all of them
 * @param distinct how many different records
 * @param first the lowest record that is missing
 * @param lowest the lowest record that is there
 */
record Tally(long messages, long distinct, long first, long lowest) {

    private static final String SEQUENCE = "\"sequence\":";

    /** Reads what is committed, from the beginning to the end. */
    static Tally of(String servers, String topic) {
        BitSet seen = new BitSet();
        long messages = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed", "enable.auto.commit", false),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (var message : consumer.poll(Duration.ofMillis(200))) {
                    messages++;
                    seen.set(sequence(message));
                }
            }
        }
        return new Tally(messages, seen.cardinality(), seen.nextClearBit(0), seen.nextSetBit(0));
    }

    /** By the id, which is the only thing that any format has; what was replayed is JSON without one. */
    private static int sequence(ConsumerRecord<byte[], byte[]> message) {
        Header id = message.headers().lastHeader("freshet-id");
        if (id != null) {
            String text = new String(id.value(), StandardCharsets.UTF_8);
            return Integer.parseInt(text.substring(text.lastIndexOf('/') + 1));
        }
        String record = new String(message.value(), StandardCharsets.UTF_8);
        int from = record.indexOf(SEQUENCE) + SEQUENCE.length();
        return Integer.parseInt(record.substring(from, record.indexOf(',', from)));
    }

    /** Whether all records are there from some record on up to a position, or further. */
    boolean goesOnTo(long position) {
        return lowest >= 0 && lowest + distinct >= position;
    }

    /** How many messages are repetitions. */
    long repeated() {
        return messages - distinct;
    }
}
