package io.freshet.deadletter.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

import io.freshet.kafka.KafkaConnection;
import io.freshet.kafka.sink.KafkaSink;
import io.freshet.kafka.sink.TopicSender;
import io.freshet.sink.DeadLetter;

/**
 * Dead letters on a compacted topic. The key of a message is the id of the letter, the value is the record's original bytes,
 * and headers contain everything else. A message without a value deletes a letter. Blocks for a limited time. Thread-safe.
 */
@ApplicationScoped
public class DeadLetterTopic {

    private final KafkaConnection connection;
    private final DeadLetterMessage message;
    private final String topic;
    private final Duration timeout;
    private final TopicSender sender;
    private volatile boolean known;

    public DeadLetterTopic(KafkaConnection connection, DeadLetterConfig config) {
        this.connection = connection;
        this.message = new DeadLetterMessage(config.connectHeaders());
        this.topic = config.topic();
        this.timeout = config.timeout();
        this.sender = new TopicSender(connection, topic, timeout);
    }

    /**
     * Writes letters to the topic.
     *
     * @return the letters that are too large for the topic; the others are safe
     * @throws KafkaException if some of the others may not be safe
     */
    List<DeadLetter> add(List<DeadLetter> letters) {
        createOnce();
        Map<Integer, Exception> failures = send(letters.stream()
                .map(letter -> new ProducerRecord<>(topic, null, DeadLetterMessage.key(letter), letter.value(),
                        message.headers(letter)))
                .toList());
        return failures.keySet().stream().sorted().map(letters::get).toList();
    }

    /**
     * Deletes letters.
     *
     * @throws KafkaException if some of them may still exist
     */
    public void remove(List<DeadLetter> letters) {
        send(letters.stream().map(letter -> new ProducerRecord<byte[], byte[]>(topic, DeadLetterMessage.key(letter), null))
                .toList());
    }

    /** Sends messages and returns the failures that concern a single message. */
    private Map<Integer, Exception> send(List<ProducerRecord<byte[], byte[]>> messages) {
        Map<Integer, Exception> failures = sender.send(messages);
        failures.values().stream().filter(failure -> !KafkaSink.isForGood(failure)).findFirst().ifPresent(failure -> {
            known = false;
            throw new KafkaException(String.valueOf(failure.getMessage()), failure);
        });
        return failures;
    }

    /** Makes the next call query the size limit of the topic again. */
    public void renew() {
        sender.renew();
    }

    @PreDestroy
    void close() {
        sender.close();
    }

    private void createOnce() {
        if (known) {
            return;
        }
        try (Admin admin = connection.admin(timeout)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())
                    .configs(Map.of("cleanup.policy", "compact")))).all().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException(e.getCause());
            }
        } catch (TimeoutException e) {
            throw new KafkaException("no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
        known = true;
    }

    /** Adds the letters that have not been deleted, oldest first. */
    public void find(DeadLetterPage found) {
        createOnce();
        try (KafkaConsumer<byte[], byte[]> consumer = connection.consumer(Map.of("enable.auto.commit", false,
                "default.api.timeout.ms", (int) timeout.toMillis()))) {
            new DeadLetterScanner(consumer, topic, timeout).find(found);
        }
    }
}
