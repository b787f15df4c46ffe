package io.freshet.source.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.microprofile.reactive.messaging.Message;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.smallrye.reactive.messaging.amqp.IncomingAmqpMetadata;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.mqtt.ReceivingMqttMessageMetadata;
import io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMetadata;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Reads the records of a message of any connector. */
public final class IncomingMessage {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private IncomingMessage() {
    }

    /** Returns the payload as bytes, however the connector presents it. */
    public static byte[] bytes(Message<?> message) {
        Object payload = message.getPayload();
        if (payload instanceof byte[] bytes) {
            return bytes;
        }
        if (payload instanceof JsonObject || payload instanceof JsonArray) {
            return payload.toString().getBytes(StandardCharsets.UTF_8);
        }
        if (payload instanceof io.vertx.core.buffer.Buffer buffer) {
            return buffer.getBytes();
        }
        if (payload instanceof io.vertx.mutiny.core.buffer.Buffer buffer) {
            return buffer.getBytes();
        }
        return String.valueOf(payload).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the records: a JSON object, or an array of such; of a value, a record with the field {@code value}.
     *
     * @throws IOException if the message is neither, with the reason
     */
    static List<byte[]> records(Message<?> message, ChannelSettings settings) throws IOException {
        Optional<String> address = settings.addressField().isEmpty() ? Optional.empty() : address(message);
        byte[] bytes = bytes(message);
        if (settings.value()) {
            ObjectNode record = JSON.createObjectNode();
            record.set("value", value(new String(bytes, StandardCharsets.UTF_8)));
            return List.of(encode(record, settings, address));
        }
        JsonNode json = JSON.readTree(bytes);
        List<byte[]> records = new ArrayList<>();
        for (JsonNode each : json.isArray() ? json : List.of(json)) {
            if (!(each instanceof ObjectNode record)) {
                throw new IOException("a message must be a JSON object or an array of objects");
            }
            records.add(encode(record, settings, address));
        }
        return records;
    }

    private static byte[] encode(ObjectNode record, ChannelSettings settings, Optional<String> address) throws IOException {
        address.ifPresent(text -> record.put(settings.addressField().orElseThrow(), text));
        return JSON.writeValueAsBytes(record);
    }

    /** A number, true, false or null as such; anything else is a text. */
    private static JsonNode value(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json.isValueNode() ? json : JSON.getNodeFactory().textNode(text);
        } catch (IOException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }

    private static Optional<String> address(Message<?> message) {
        return message.getMetadata(MessageAddress.class).map(MessageAddress::address)
                .or(() -> message.getMetadata(ReceivingMqttMessageMetadata.class).map(ReceivingMqttMessageMetadata::getTopic))
                .or(() -> message.getMetadata(IncomingAmqpMetadata.class).map(IncomingAmqpMetadata::getAddress))
                .or(() -> message.getMetadata(IncomingRabbitMQMetadata.class).map(IncomingRabbitMQMetadata::getRoutingKey))
                .or(() -> message.getMetadata(IncomingKafkaRecordMetadata.class).map(IncomingKafkaRecordMetadata::getTopic));
    }
}
