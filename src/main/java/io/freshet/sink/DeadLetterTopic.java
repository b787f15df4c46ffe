package io.freshet.sink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters on a compacted topic: the id is the key, the bytes as they were are the value, all else stands in headers. A
 * message without a value takes a letter away. Blocks; confined to one thread.
 */
final class DeadLetterTopic {

    private static final String PREFIX = "freshet-";

    private final KafkaProducers kafka;
    private final KafkaConnection connection;
    private final String topic;
    private final Duration timeout;
    private boolean known;

    DeadLetterTopic(KafkaProducers kafka, KafkaConnection connection, String topic, Duration timeout) {
        this.kafka = kafka;
        this.connection = connection;
        this.topic = topic;
        this.timeout = timeout;
    }

    /**
     * Keeps letters.
     *
     * @throws KafkaException if they may not be safe
     */
    void add(List<DeadLetter> letters) {
        createOnce();
        sendAll(letters.stream().map(letter -> new ProducerRecord<>(topic, null, bytes(letter.id()), letter.value(),
                headers(letter))).toList());
    }

    /** Takes letters away. */
    void remove(List<DeadLetter> letters) {
        sendAll(letters.stream()
                .map(letter -> new ProducerRecord<byte[], byte[]>(topic, bytes(letter.id()), null)).toList());
    }

    /** Delivers letters to the topics they were meant for. */
    void replay(List<DeadLetter> letters) {
        sendAll(letters.stream()
                .map(letter -> new ProducerRecord<>(letter.address().target(), letter.key(), letter.value())).toList());
    }

    private void createOnce() {
        if (known) {
            return;
        }
        try (Admin admin = connection.admin(timeout)) {
            admin.createTopics(List.of(new NewTopic(topic, java.util.Optional.of(1), java.util.Optional.empty())
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

    private void sendAll(List<ProducerRecord<byte[], byte[]>> records) {
        Producer<byte[], byte[]> producer = kafka.producer();
        List<Future<?>> answers = new ArrayList<>();
        try {
            for (ProducerRecord<byte[], byte[]> each : records) {
                Future<?> answer = producer.send(each);
                if (answer.isDone()) {
                    // one that fails at once may have waited long for it; the others would too
                    answer.get();
                }
                answers.add(answer);
            }
            for (Future<?> answer : answers) {
                answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            known = false;
            throw new KafkaException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    /** Adds the letters that were not taken away, oldest first. */
    void find(FoundLetters found) {
        createOnce();
        try (KafkaConsumer<byte[], byte[]> consumer = connection.consumer(Map.of("enable.auto.commit", false,
                "default.api.timeout.ms", (int) timeout.toMillis()))) {
            new LetterReader(consumer, topic, timeout).find(found);
        }
    }

    private static List<Header> headers(DeadLetter letter) {
        List<Header> headers = new ArrayList<>();
        headers.add(header("stream", letter.address().stream()));
        headers.add(header("position", String.valueOf(letter.address().position())));
        headers.add(header("sink", letter.address().sink()));
        headers.add(header("original-topic", letter.address().target()));
        headers.add(header("reason", letter.cause().reason()));
        headers.add(header("attempts", String.valueOf(letter.cause().attempts())));
        headers.add(header("time", letter.cause().time().toString()));
        byte[] key = letter.key();
        if (key != null) {
            headers.add(new RecordHeader(PREFIX + "key", key));
        }
        return headers;
    }

    /** The letter that a message is; empty if it is none, as others may write to the topic. */
    static Optional<DeadLetter> letter(String id, ConsumerRecord<byte[], byte[]> message) {
        Header key = message.headers().lastHeader(PREFIX + "key");
        try {
            DeadLetter.Address address = new DeadLetter.Address(text(message, "stream"),
                    Long.parseLong(text(message, "position")), text(message, "sink"), text(message, "original-topic"));
            DeadLetter.Cause cause = new DeadLetter.Cause(text(message, "reason"),
                    Integer.parseInt(text(message, "attempts")), Instant.parse(text(message, "time")));
            return Optional.of(new DeadLetter(id, address, cause, key == null ? null : key.value(), message.value()));
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(PREFIX + name, bytes(value));
    }

    private static String text(ConsumerRecord<byte[], byte[]> message, String name) {
        @Nullable
        Header header = message.headers().lastHeader(PREFIX + name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
