/** Real servers on loopback for quarkus:dev and the tests. They are not part of the production artifacts. */
@NullMarked
package io.freshet.dev;

import org.jspecify.annotations.NullMarked;
