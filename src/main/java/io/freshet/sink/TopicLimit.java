package io.freshet.sink;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The most bytes that a topic takes at once. A producer that makes larger batches for it has them refused and splits them by
 * its own size, which leaves them as they were, over and over.
 */
final class TopicLimit {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private TopicLimit() {
    }

    /**
     * Asks the broker. Blocks.
     *
     * @return empty if there is no such topic yet, or nobody may know
     * @throws KafkaException if Kafka does not answer
     */
    static OptionalInt find(KafkaConnection connection, String topic) {
        ConfigResource of = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = connection.admin(PATIENCE)) {
            Config known = admin.describeConfigs(List.of(of)).all().get().get(of);
            ConfigEntry entry = known == null ? null : known.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            return entry == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(entry.value()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new KafkaException("Kafka does not answer: " + e.getCause().getMessage(), e.getCause());
            }
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
