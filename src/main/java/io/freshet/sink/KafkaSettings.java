package io.freshet.sink;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.Config;

import io.smallrye.reactive.messaging.ClientCustomizer;

/** Gives the producer of the channel {@code records} the settings of {@link KafkaConnection}. */
@ApplicationScoped
public class KafkaSettings implements ClientCustomizer<Map<String, Object>> {

    private final KafkaConnection connection;

    public KafkaSettings(KafkaConnection connection) {
        this.connection = connection;
    }

    @Override
    public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> settings) {
        if (channel.equals(KafkaProducers.CHANNEL)) {
            // a batch whose acknowledgement is late is sent again by the guard, so Kafka's own two minutes are too long
            settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "5");
            settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
            settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000");
            settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
            settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "20000");
            settings.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
            settings.putAll(connection.producerSettings());
        }
        return settings;
    }
}
