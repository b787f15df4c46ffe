/** Persistence of models, stream definitions and positions, and the recent records. */
@NullMarked
package io.freshet.store;

import org.jspecify.annotations.NullMarked;
