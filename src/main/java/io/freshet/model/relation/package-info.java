/**
 * Relations that hold in every row of a table. This package finds them, decides which columns follow from others, and
 * determines what a model must still learn of those columns.
 */
@NullMarked
package io.freshet.model.relation;

import org.jspecify.annotations.NullMarked;
