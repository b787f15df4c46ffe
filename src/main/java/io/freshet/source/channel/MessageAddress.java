package io.freshet.source.channel;

/**
 * Metadata of an incoming message of Freshet's own connectors.
 *
 * @param address the MQTT topic or RabbitMQ routing key
 */
public record MessageAddress(String address) {
}
