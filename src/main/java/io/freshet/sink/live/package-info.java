/**
 * Broadcasts records to clients that follow a stream live, each with a buffer of its own. Enter through {@link Broadcaster}.
 * It may use {@code sink}.
 */
@NullMarked
package io.freshet.sink.live;

import org.jspecify.annotations.NullMarked;
