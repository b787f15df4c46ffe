/**
 * Generates records from a model, and monitors how faithful they are. Enter through {@link ModelSource}. It may use {@code
 * source} and {@code model}.
 */
@NullMarked
package io.freshet.source.model;

import org.jspecify.annotations.NullMarked;
