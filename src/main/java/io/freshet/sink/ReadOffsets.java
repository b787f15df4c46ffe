package io.freshet.sink;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** What is said in a transaction of how far a topic is read. */
final class ReadOffsets {

    private ReadOffsets() {
    }

    /** Kafka refuses the transaction if others have got the partitions. */
    static void send(Producer<byte[], byte[]> to, ReadPositions.Read read) {
        if (read.next().isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        read.next().forEach((partition, next) -> offsets.put(new TopicPartition(read.topic(), partition),
                new OffsetAndMetadata(next)));
        ReadPositions.Reader reader = read.reader();
        to.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(reader.group(), reader.generation(), reader.member(),
                Optional.ofNullable(reader.instance())));
    }
}
