/**
 * Records that are not rows of a model: JSON objects with a time and a key. Plain Java.
 */
@NullMarked
package io.freshet.event;

import org.jspecify.annotations.NullMarked;
