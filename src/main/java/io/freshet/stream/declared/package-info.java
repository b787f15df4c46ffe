/**
 * Models and streams that files declare, applied at the start and whenever a file changes. Enter through {@link Declarations}.
 * It may use {@code stream}, {@code stream.cluster} and {@code store}.
 */
@NullMarked
package io.freshet.stream.declared;

import org.jspecify.annotations.NullMarked;
