/**
 * The sink {@code channel}: records leave through an outgoing SmallRye Reactive Messaging channel, whose connector (MQTT, AMQP
 * 1.0,
 * RabbitMQ, Kafka or any other) is a matter of configuration. {@link io.freshet.sink.channel.OutgoingChannels} finds the
 * channels,
 * {@link io.freshet.sink.channel.ChannelSink} sends to one.
 */
@NullMarked
package io.freshet.sink.channel;

import org.jspecify.annotations.NullMarked;
