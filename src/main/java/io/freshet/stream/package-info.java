/**
 * The streams of this instance: they are created, started, paused, saved and deleted here. Enter through {@link Streams}. It
 * may use every package below it in the architecture table, and of its own sub-packages {@code definition}, {@code delivery},
 * {@code engine}, {@code assembly} and {@code health}.
 */
@NullMarked
package io.freshet.stream;

import org.jspecify.annotations.NullMarked;
