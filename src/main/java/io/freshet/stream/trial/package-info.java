/**
 * Runs the stages of a definition on a few records without starting a stream. Enter through {@link DryRuns}. It may use {@code
 * stream.assembly}, {@code stream.definition}, {@code source} and {@code stage}.
 */
@NullMarked
package io.freshet.stream.trial;

import org.jspecify.annotations.NullMarked;
