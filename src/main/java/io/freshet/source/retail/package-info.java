/**
 * Generates the events of simulated retail chains. Enter through {@link RetailSource}. It may use {@code source} and {@code
 * retail}.
 */
@NullMarked
package io.freshet.source.retail;

import org.jspecify.annotations.NullMarked;
