/**
 * Keeps records that could not be delivered, lists them and replays them: in a Kafka topic, and in a local spool while Kafka
 * is unavailable. Enter through {@link DeadLetters}. It may use {@code sink}, {@code kafka} and {@code kafka.sink}.
 */
@NullMarked
package io.freshet.deadletter;

import org.jspecify.annotations.NullMarked;
