package io.freshet.deadletter.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jboss.logging.Logger;

import io.freshet.kafka.KafkaConnection;
import io.freshet.kafka.sink.TopicSender;
import io.freshet.sink.DeadLetter;

/**
 * Sends dead letters unchanged to the topics they were meant for. Each topic has its own producer for the duration of the
 * replay, so that a topic that does not answer delays neither the others nor the sinks. Blocks.
 */
public final class DeadLetterReplay {

    private static final Logger LOG = Logger.getLogger(DeadLetterReplay.class);

    private final KafkaConnection connection;
    private final Duration timeout;

    /** @param timeout the time limit for each topic */
    public DeadLetterReplay(KafkaConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    /**
     * Sends letters.
     *
     * @return the letters that arrived, in their order within each topic
     */
    public List<DeadLetter> send(List<DeadLetter> letters) {
        Map<String, List<DeadLetter>> byTopic = new LinkedHashMap<>();
        letters.forEach(letter -> byTopic.computeIfAbsent(letter.address().target(), topic -> new ArrayList<>()).add(letter));
        List<DeadLetter> arrived = new ArrayList<>();
        byTopic.forEach((topic, own) -> arrived.addAll(send(topic, own)));
        return arrived;
    }

    private List<DeadLetter> send(String topic, List<DeadLetter> letters) {
        try (TopicSender sender = new TopicSender(connection, topic, timeout)) {
            Map<Integer, Exception> failures = sender.send(letters.stream()
                    .map(letter -> message(topic, letter.content())).toList());
            List<DeadLetter> arrived = new ArrayList<>();
            for (int i = 0; i < letters.size(); i++) {
                if (!failures.containsKey(i)) {
                    arrived.add(letters.get(i));
                }
            }
            failures.values().stream().findFirst().ifPresent(failure -> log(topic, failures.size(), failure));
            return arrived;
        } catch (KafkaException e) {
            log(topic, letters.size(), e);
            return List.of();
        }
    }

    private static ProducerRecord<byte[], byte[]> message(String topic, DeadLetter.Content content) {
        Long timestamp = content.timestamp().isPresent() ? content.timestamp().getAsLong() : null;
        List<Header> headers = content.headers().all().stream()
                .<Header> map(header -> new RecordHeader(header.name(), header.value())).toList();
        return new ProducerRecord<>(topic, null, timestamp, content.key(), content.value(), headers);
    }

    private static void log(String topic, int letters, Exception failure) {
        LOG.warnf("Dead letters were not delivered: topic=%s letters=%d reason=%s", topic, letters, failure.getMessage());
    }
}
