/** Encodes records as bytes and decodes them. Plain Java without the framework. */
@NullMarked
package io.freshet.codec;

import org.jspecify.annotations.NullMarked;
