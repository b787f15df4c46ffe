/**
 * The loop that runs one stream: it pulls batches at the set pace, passes them through the stages, dispatches them to the
 * sinks and acknowledges them in order. Enter through {@link Stream}. It may use {@code stream.delivery}, {@code
 * stream.definition}, {@code source}, {@code stage}, {@code sink} and {@code store}.
 */
@NullMarked
package io.freshet.stream.engine;

import org.jspecify.annotations.NullMarked;
