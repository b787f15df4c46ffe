/**
 * Where the records of a stream come from.
 */
@NullMarked
package io.freshet.source;

import org.jspecify.annotations.NullMarked;
