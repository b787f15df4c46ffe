/**
 * Where the records of a stream go.
 */
@NullMarked
package io.freshet.sink;

import org.jspecify.annotations.NullMarked;
