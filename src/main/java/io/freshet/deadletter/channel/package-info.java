/**
 * The channel {@code dead-letters}, by which dead letters leave the service, and the topic at its other end, from which they
 * are read and replayed. Its connector is {@link io.freshet.deadletter.channel.DeadLetterConnector} unless another one is
 * configured. It may use {@code sink}, {@code sink.channel}, {@code kafka} and {@code kafka.sink}.
 */
@NullMarked
package io.freshet.deadletter.channel;

import org.jspecify.annotations.NullMarked;
