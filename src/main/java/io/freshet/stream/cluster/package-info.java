/**
 * Divides the streams among the instances that share a store, by the group protocol of Kafka. Enter through {@link
 * StreamCluster}. It may use {@code stream} and its sub-packages, {@code kafka} and {@code store}.
 */
@NullMarked
package io.freshet.stream.cluster;

import org.jspecify.annotations.NullMarked;
