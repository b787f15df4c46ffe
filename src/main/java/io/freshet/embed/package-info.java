/**
 * The Java API for use without a server: a synthesizer that generates rows, and streams of batches with transformations. Enter
 * through {@link Synthesizer}. It may use {@code table}, {@code model}, {@code codec} and {@code stage}; nothing else in
 * Freshet uses it.
 */
@NullMarked
package io.freshet.embed;

import org.jspecify.annotations.NullMarked;
