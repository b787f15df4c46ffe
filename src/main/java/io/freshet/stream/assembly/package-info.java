/**
 * Builds a running stream from its definition: the source, the stages and the sinks with everything that they need. Enter
 * through {@link StreamParts}. It is the only place that knows every kind of source and sink.
 */
@NullMarked
package io.freshet.stream.assembly;

import org.jspecify.annotations.NullMarked;
