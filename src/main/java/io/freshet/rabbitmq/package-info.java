/**
 * The connector {@code freshet-rabbitmq}. Messages leave with publisher confirms
 * ({@link io.freshet.rabbitmq.ConfirmedPublisher}) and are acknowledged on arrival when their records are delivered
 * ({@link io.freshet.rabbitmq.QueueReader}). It reads the settings of SmallRye's connector, which it replaces because that one
 * forgets the messages that are unconfirmed when the connection breaks.
 */
@NullMarked
package io.freshet.rabbitmq;

import org.jspecify.annotations.NullMarked;
