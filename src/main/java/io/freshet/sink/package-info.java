/**
 * The contract of a sink, and what all sinks share: encoded batches, the outcome of a delivery, and the guard with time-out,
 * retries and circuit breaker. Enter through {@link Sink}. Each technology has a package of its own below or beside this one,
 * which this package does not use.
 */
@NullMarked
package io.freshet.sink;

import org.jspecify.annotations.NullMarked;
