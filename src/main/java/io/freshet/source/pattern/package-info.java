/**
 * Generates test records that depend on nothing but a seed, a rate and their number. Enter through {@link PatternSource}. It
 * may use {@code source}.
 */
@NullMarked
package io.freshet.source.pattern;

import org.jspecify.annotations.NullMarked;
