/**
 * Streams: a source, a pace, stages and sinks, running.
 */
@NullMarked
package io.freshet.stream;

import org.jspecify.annotations.NullMarked;
