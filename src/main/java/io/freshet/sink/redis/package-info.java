/**
 * Keeps the last records of a stream in Redis and reads them back. Enter through {@link RedisConnections}. It may use {@code
 * sink}.
 */
@NullMarked
package io.freshet.sink.redis;

import org.jspecify.annotations.NullMarked;
