/** Health checks, the management port, start-up and shutdown. */
@NullMarked
package io.freshet.ops;

import org.jspecify.annotations.NullMarked;
