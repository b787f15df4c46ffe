package io.freshet.kafka.sink;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import io.freshet.kafka.KafkaConnection;

/**
 * Sends messages to one topic through its own producer and waits for the acknowledgements, within a time limit. Batches never
 * exceed the size that the topic accepts, so the producer never has to split one. Thread-safe.
 */
public final class TopicSender implements AutoCloseable {

    private static final int LINGER_MILLIS = 5;
    /** The maximum number of bytes of a message beyond its key, value and headers. */
    private static final int OVERHEAD_BYTES = 1024;

    private final KafkaConnection connection;
    private final String topic;
    private final Duration timeout;
    private @Nullable Producer<byte[], byte[]> producer;

    /** @param timeout the time limit for the metadata of the topic, and again for the acknowledgements */
    public TopicSender(KafkaConnection connection, String topic, Duration timeout) {
        this.connection = connection;
        this.topic = topic;
        this.timeout = timeout;
    }

    String topic() {
        return topic;
    }

    /**
     * Sends messages and waits until each is acknowledged or has failed. After the first failure that another message would
     * share, such as an unreachable broker, the remaining messages fail at once.
     *
     * @return the failures, by the index of the message; empty if all were acknowledged
     * @throws KafkaException if no producer can be created
     */
    public Map<Integer, Exception> send(List<ProducerRecord<byte[], byte[]>> messages) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<Integer, Exception> failures = new HashMap<>();
        Map<Integer, CompletableFuture<?>> answers = begin(messages, failures, deadline);
        answers.forEach((message, answer) -> {
            Exception failure = failure(answer, deadline);
            if (failure != null) {
                failures.put(message, failure);
            }
        });
        if (!failures.values().stream().allMatch(KafkaSink::isForGood)) {
            // the limit of the topic may have changed, and messages still in flight are not awaited
            renew();
        }
        return failures;
    }

    private Map<Integer, CompletableFuture<?>> begin(List<ProducerRecord<byte[], byte[]>> messages,
            Map<Integer, Exception> failures,
            long deadline) {
        Producer<byte[], byte[]> to = producer();
        Map<Integer, CompletableFuture<?>> answers = new LinkedHashMap<>();
        Exception shared = null;
        for (int i = 0; i < messages.size(); i++) {
            if (shared == null) {
                try {
                    CompletableFuture<?> answer = send(to, messages.get(i));
                    answers.put(i, answer);
                    // a message that has failed by now may have blocked for long, and so would the next ones
                    shared = answer.isDone() ? sharedFailure(answer, deadline) : null;
                } catch (KafkaException | IllegalStateException e) {
                    // another thread may have closed the producer after a failure
                    shared = e;
                    failures.put(i, e);
                }
            } else {
                failures.put(i, shared);
            }
        }
        return answers;
    }

    /**
     * The future of the producer itself is a chain, as deep as its batch was split often: waiting for it overflows the stack.
     */
    private static CompletableFuture<?> send(Producer<byte[], byte[]> to, ProducerRecord<byte[], byte[]> message) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        to.send(message, (metadata, thrown) -> {
            if (thrown == null) {
                answer.complete(metadata);
            } else {
                answer.completeExceptionally(thrown);
            }
        });
        return answer;
    }

    private static @Nullable Exception sharedFailure(CompletableFuture<?> answer, long deadline) {
        Exception failure = failure(answer, deadline);
        return failure == null || KafkaSink.isForGood(failure) ? null : failure;
    }

    private static @Nullable Exception failure(CompletableFuture<?> answer, long deadline) {
        try {
            answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            return new KafkaException("not acknowledged in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }

    private synchronized Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> known = producer;
        if (known == null) {
            known = connection.producer(settings());
            producer = known;
        }
        return known;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = KafkaSettings.defaults();
        settings.putAll(connection.producerSettings());
        int millis = (int) Math.max(2 * LINGER_MILLIS, timeout.toMillis());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis - LINGER_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // a repeat does no harm, and a lost answer must not delay the messages after it
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        OptionalInt limit = TopicLimit.find(connection, topic);
        if (limit.isPresent()) {
            int batch = Integer.parseInt(String.valueOf(settings.get(ProducerConfig.BATCH_SIZE_CONFIG)));
            settings.put(ProducerConfig.BATCH_SIZE_CONFIG, Math.min(batch, limit.getAsInt()));
            settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                    (int) Math.min(Integer.MAX_VALUE, (long) limit.getAsInt() + OVERHEAD_BYTES));
        } else {
            // without a known limit nothing is batched, so that a rejection concerns a single message
            settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 0);
        }
        return settings;
    }

    /** Closes the producer. The next call creates one with the current limit of the topic. */
    public synchronized void renew() {
        Producer<byte[], byte[]> known = producer;
        producer = null;
        if (known != null) {
            known.close(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        renew();
    }
}
