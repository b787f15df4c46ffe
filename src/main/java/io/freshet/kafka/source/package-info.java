/**
 * Reads Kafka topics, as the source of a stream, to learn a model, or for a sample. Enter through {@link TopicSource}. It may
 * use {@code source} and {@code source.model}, and knows no sink.
 */
@NullMarked
package io.freshet.kafka.source;

import org.jspecify.annotations.NullMarked;
