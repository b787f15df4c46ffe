/** Limits how much of the heap all buffers use in total. */
@NullMarked
package io.freshet.memory;

import org.jspecify.annotations.NullMarked;
