package io.freshet.kafka.channel;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.kafka.source.StartOffset;
import io.freshet.kafka.source.TopicConsumer;
import io.freshet.kafka.source.TopicMessage;
import io.freshet.source.SourceProblem;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;

/**
 * The messages of a topic in their order, one at a time: the next one follows when the one before has been acknowledged, and
 * its offset is committed then. The broker is asked from the first request on, and polled while a message is being processed,
 * so that other members of the group do not take over its partition.
 */
final class TopicMessages {

    private static final Logger LOG = Logger.getLogger(TopicMessages.class);
    private static final Duration MAX_WAIT = Duration.ofMillis(200);
    private static final Duration REST = Duration.ofSeconds(5);

    private final Map<String, Object> connection;
    private final TopicConsumer.Settings settings;

    TopicMessages(Map<String, Object> connection, String topic, String group) {
        this.connection = new HashMap<>(connection);
        this.connection.put("max.poll.records", 1);
        this.settings = new TopicConsumer.Settings(topic, group, StartOffset.COMMITTED, 1, MAX_WAIT, false);
    }

    /** Returns the messages; the payload is the value, and {@link TopicMessage} is among the metadata. */
    Multi<Message<byte[]>> messages() {
        return Multi.createFrom().<Message<byte[]>> emitter(emitter -> startOnRequest(emitter), BackPressureStrategy.BUFFER);
    }

    private void startOnRequest(MultiEmitter<? super Message<byte[]>> emitter) {
        AtomicBoolean started = new AtomicBoolean();
        emitter.onRequest(count -> {
            if (started.compareAndSet(false, true)) {
                Threads.create(ThreadKind.TOPIC, settings.topic(), () -> run(emitter)).start();
            }
        });
    }

    private void run(MultiEmitter<? super Message<byte[]>> emitter) {
        while (!emitter.isCancelled()) {
            try (TopicConsumer consumer = new TopicConsumer(connection, settings)) {
                read(consumer, emitter);
            } catch (RuntimeException e) {
                LOG.errorf(e, "Messages could not be read; reading restarts: topic=%s seconds=%d", settings.topic(),
                        REST.toSeconds());
                LockSupport.parkNanos(REST.toNanos());
            }
        }
    }

    private void read(TopicConsumer consumer, MultiEmitter<? super Message<byte[]>> emitter) {
        @Nullable
        Pending pending = null;
        SourceProblem problem = null;
        while (!emitter.isCancelled()) {
            problem = warn(problem, consumer.problem());
            if (pending != null && pending.acknowledged.isDone() && pending.commit(consumer)) {
                pending = null;
                consumer.resume();
            }
            for (TopicMessage message : consumer.next()) {
                pending = new Pending(message);
                consumer.pause();
                emitter.emit(pending.message());
            }
        }
    }

    /** @return the current problem, if there is one */
    private @Nullable SourceProblem warn(@Nullable SourceProblem before, @Nullable SourceProblem now) {
        if (now != null && (before == null || !now.reason().equals(before.reason()))) {
            LOG.warnf("Messages cannot be read: topic=%s reason=%s", settings.topic(), now.reason());
        }
        return now;
    }

    /** A message without acknowledgement. */
    private static final class Pending {

        private final TopicMessage message;
        private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();

        Pending(TopicMessage message) {
            this.message = message;
        }

        Message<byte[]> message() {
            byte[] value = message.value();
            return Message.of(value == null ? new byte[0] : value, Metadata.of(message), this::acknowledge);
        }

        private CompletionStage<Void> acknowledge() {
            acknowledged.complete(null);
            return CompletableFuture.completedStage(null);
        }

        /** @return false if Kafka did not answer */
        boolean commit(TopicConsumer consumer) {
            return consumer.commit(Map.of(message.partition(), message.offset() + 1));
        }
    }
}
