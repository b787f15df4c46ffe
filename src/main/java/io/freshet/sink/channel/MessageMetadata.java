package io.freshet.sink.channel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.smallrye.reactive.messaging.amqp.OutgoingAmqpMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.mqtt.SendingMqttMessageMetadata;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;

/** How a kind of connector is told about address, id and headers of a message. A new connector is one constant. */
enum MessageMetadata {

    MQTT("smallrye-mqtt", "freshet-mqtt") {
        @Override
        Message<byte[]> attach(Message<byte[]> message, Facts facts) {
            MqttQoS qos = facts.qos().isPresent() ? MqttQoS.valueOf(facts.qos().getAsInt()) : null;
            return message.addMetadata(new SendingMqttMessageMetadata(facts.address(), qos, facts.retain()));
        }
    },

    AMQP("smallrye-amqp", "freshet-amqp") {
        @Override
        Message<byte[]> attach(Message<byte[]> message, Facts facts) {
            var metadata = OutgoingAmqpMetadata.builder().withDurable(true).withMessageId(facts.id())
                    .withContentType(facts.contentType());
            Optional.ofNullable(facts.address()).ifPresent(metadata::withAddress);
            facts.headers().forEach(metadata::withApplicationProperty);
            return message.addMetadata(metadata.build());
        }
    },

    RABBITMQ("smallrye-rabbitmq", "freshet-rabbitmq") {
        @Override
        Message<byte[]> attach(Message<byte[]> message, Facts facts) {
            var metadata = new OutgoingRabbitMQMetadata.Builder().withMessageId(facts.id()).withDeliveryMode(PERSISTENT)
                    .withContentType(facts.contentType()).withHeaders(Map.copyOf(facts.headers()));
            Optional.ofNullable(facts.address()).ifPresent(metadata::withRoutingKey);
            return message.addMetadata(metadata.build());
        }
    },

    KAFKA("smallrye-kafka") {
        @Override
        Message<byte[]> attach(Message<byte[]> message, Facts facts) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("freshet-id", facts.id().getBytes(StandardCharsets.UTF_8));
            facts.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
            var metadata = OutgoingKafkaRecordMetadata.<String> builder().withHeaders(headers);
            Optional.ofNullable(facts.address()).ifPresent(metadata::withTopic);
            return message.addMetadata(metadata.build());
        }
    },

    /** Any other connector gets the bytes alone. */
    OTHER {
        @Override
        Message<byte[]> attach(Message<byte[]> message, Facts facts) {
            return message;
        }
    };

    private static final int PERSISTENT = 2;

    /**
     * What is known of a message.
     *
     * @param address null for that of the channel
     * @param id identifies the record and stays the same when it is sent again
     */
    record Facts(@Nullable String address, String id, String contentType, OptionalInt qos, boolean retain,
            Map<String, String> headers) {
        Facts {
            headers = Map.copyOf(headers);
        }
    }

    private final List<String> connectors;

    MessageMetadata(String... connectors) {
        this.connectors = List.of(connectors);
    }

    static MessageMetadata of(String connector) {
        for (MessageMetadata each : values()) {
            if (each.connectors.contains(connector)) {
                return each;
            }
        }
        return OTHER;
    }

    /** Returns whether messages can have headers; those of MQTT 3.1.1 have none. */
    boolean takesHeaders() {
        return this != MQTT && this != OTHER;
    }

    /** Adds the metadata of the connector to a message. */
    abstract Message<byte[]> attach(Message<byte[]> message, Facts facts);
}
