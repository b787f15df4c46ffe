/**
 * What users write: the definitions of streams, sources, stages and sinks, parsed from JSON or YAML and checked field by
 * field. Enter through {@link StreamDefinition}. It runs nothing, and may use the settings of {@code source}, {@code stage},
 * {@code sink} and {@code kafka}.
 */
@NullMarked
package io.freshet.stream.definition;

import org.jspecify.annotations.NullMarked;
