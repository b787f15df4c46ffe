/**
 * Judges whether a stream is well: its failures, its lag, and its throughput against its definition. Enter through {@link
 * StreamHealth}. It may use {@code stream.engine}, {@code stream.delivery} and {@code stream.definition}.
 */
@NullMarked
package io.freshet.stream.health;

import org.jspecify.annotations.NullMarked;
