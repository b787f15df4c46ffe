/**
 * Load shapes: how many records a stream should have emitted by a moment. A shape is a pure function of time, so the same shape
 * runs in real and in virtual time.
 *
 * <p>
 * {@link io.freshet.stream.load.LoadShape} is the entry; a new shape is one class here and one entry in the parser of paces.
 * This
 * package uses no other package of the project.
 */
@NullMarked
package io.freshet.stream.load;

import org.jspecify.annotations.NullMarked;
