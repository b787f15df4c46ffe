package io.freshet.kafka.sink;

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

import io.freshet.kafka.KafkaConnection;

/**
 * Finds the maximum size of a batch that a topic accepts. A producer whose batches are larger gets them rejected and splits
 * them by its own batch size, which leaves them unchanged, again and again.
 */
final class TopicLimit {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private TopicLimit() {
    }

    /**
     * Queries the broker. Blocks.
     *
     * @return empty if the topic does not exist yet, or access to its configuration is denied
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
                throw new TimeoutException("no answer to describeConfigs: " + e.getCause().getMessage(), e.getCause());
            }
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
