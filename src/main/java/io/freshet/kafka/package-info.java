/**
 * The connection to Kafka and to the schema registry, which the Kafka sink, the Kafka source, the dead letters and the cluster
 * share. Enter through {@link KafkaConnection}. It may use the configuration of {@code sink}.
 */
@NullMarked
package io.freshet.kafka;

import org.jspecify.annotations.NullMarked;
