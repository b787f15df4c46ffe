/**
 * The source {@code channel}: records arrive through an incoming SmallRye Reactive Messaging channel, whose connector (MQTT,
 * AMQP
 * 1.0, RabbitMQ, Kafka or any other) is a matter of configuration. {@link io.freshet.source.channel.IncomingChannels} finds the
 * channels, {@link io.freshet.source.channel.ChannelSource} reads one.
 */
@NullMarked
package io.freshet.source.channel;

import org.jspecify.annotations.NullMarked;
