/**
 * Reads the records of another stream of the same instance. Enter through {@link TapSource}. It may use {@code source}.
 */
@NullMarked
package io.freshet.source.tap;

import org.jspecify.annotations.NullMarked;
