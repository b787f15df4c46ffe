package io.freshet.source.channel;

import java.util.Optional;

/**
 * What a stream reads from a channel and how.
 *
 * @param channel the name of a configured incoming channel
 * @param value whether a message is one value, which becomes the field {@code value} of a record; otherwise it is JSON
 * @param addressField the field that receives the MQTT topic, AMQP address, RabbitMQ routing key or Kafka topic; empty for none
 * @param buffer the maximum number of records that not all sinks have yet
 */
public record ChannelSettings(String channel, boolean value, Optional<String> addressField, int buffer) {
}
