/**
 * Delivery to one sink: a bounded queue, retries in order, and the counters of what became of each record. Enter through
 * {@link SinkTask}. It may use {@code sink} and {@code deadletter}, and knows neither definitions nor the loop that feeds it.
 */
@NullMarked
package io.freshet.stream.delivery;

import org.jspecify.annotations.NullMarked;
