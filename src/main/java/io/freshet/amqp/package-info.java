/**
 * The connector {@code freshet-amqp}. Messages are acknowledged when the broker accepts them
 * ({@link io.freshet.amqp.AmqpPublisher}), and on arrival when their records are delivered
 * ({@link io.freshet.amqp.AmqpReader}). It reads the settings of SmallRye's connector, but does
 * not retry by itself, so that the sink and the stream say why it cannot connect.
 */
@NullMarked
package io.freshet.amqp;

import org.jspecify.annotations.NullMarked;
