/** Fits models to tables: reads columns, orders categories, searches for parents and strata, and chooses the method. */
@NullMarked
package io.freshet.model.fit;

import org.jspecify.annotations.NullMarked;
