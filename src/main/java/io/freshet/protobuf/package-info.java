/** Schemas of Protocol Buffers, read from their text. Plain Java, without a framework. */
@NullMarked
package io.freshet.protobuf;

import org.jspecify.annotations.NullMarked;
