package io.freshet.sink.channel;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.freshet.event.FieldPath;

/**
 * Where in a channel records go and how their messages look.
 *
 * @param channel the name of a configured outgoing channel
 * @param address the MQTT topic, AMQP address, RabbitMQ routing key or Kafka topic; empty for that of the channel
 * @param qos the MQTT quality of service, 0 to 2; empty for that of the channel
 * @param retain whether an MQTT broker keeps the last message of a topic
 * @param value the field whose value alone is the message; empty for the whole record as JSON
 * @param headers names of message properties and the fields they come from; MQTT 3.1.1 has none
 * @param maxBytes the size above which a message becomes a dead letter
 */
public record ChannelTarget(String channel, Optional<FieldTemplate> address, OptionalInt qos, boolean retain,
        Optional<FieldPath> value, Map<String, FieldPath> headers, int maxBytes) {

    public ChannelTarget {
        headers = Map.copyOf(headers);
    }

    /** Returns whether messages depend on fields, so that records have to be parsed. */
    boolean needsFields() {
        return value.isPresent() || !headers.isEmpty() || address.map(FieldTemplate::hasFields).orElse(false);
    }
}
