/**
 * Records to and from bytes. Plain Java.
 */
@NullMarked
package io.freshet.codec;

import org.jspecify.annotations.NullMarked;
