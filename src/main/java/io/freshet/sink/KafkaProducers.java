package io.freshet.sink;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jspecify.annotations.Nullable;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;

/**
 * The Kafka producer behind the channel {@code records}, which all Kafka sinks share; it connects when the first of them needs
 * it. Records go to it directly: through the channel's emitter, each would need a message object, a context and a completion
 * of its own, which costs most of the throughput.
 */
@ApplicationScoped
public class KafkaProducers {

    static final String CHANNEL = "records";

    private final KafkaConnection connection;
    private final KafkaClientService clients;
    // a channel needs somebody at its near end
    private final Emitter<byte[]> emitter;

    public KafkaProducers(KafkaConnection connection, KafkaClientService clients,
            @Channel(CHANNEL) Emitter<byte[]> emitter) {
        this.connection = connection;
        this.clients = clients;
        this.emitter = emitter;
    }

    /** Where Kafka is; empty when it is not configured. */
    public Optional<String> servers() {
        return connection.servers();
    }

    /**
     * A sink for a topic.
     *
     * @param key the field that is the message's key; null for none
     */
    public Sink sink(String topic, @Nullable String key) {
        return new KafkaSink(this::producer, topic, key);
    }

    /** Makes the producer on the first call, which blocks while the addresses of the servers are looked up. */
    Producer<byte[], byte[]> producer() {
        return clients.<byte[], byte[]> getProducer(CHANNEL).<Producer<byte[], byte[]>> runOnSendingThread(p -> p).await()
                .indefinitely();
    }
}
