/**
 * Injects faults into the records of another source: late, duplicate, reordered, missing and malformed records. Enter through
 * {@link ChaosSource}. It may use {@code source}.
 */
@NullMarked
package io.freshet.source.chaos;

import org.jspecify.annotations.NullMarked;
