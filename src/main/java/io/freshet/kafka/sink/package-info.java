/**
 * Writes to Kafka topics: messages in batches, plain or in transactions. Enter through {@link KafkaProducers}. It may use
 * {@code kafka} and {@code sink}.
 */
@NullMarked
package io.freshet.kafka.sink;

import org.jspecify.annotations.NullMarked;
