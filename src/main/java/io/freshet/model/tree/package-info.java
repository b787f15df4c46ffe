/**
 * Autoregressive trees: each column is drawn from a leaf of a decision tree over the columns before it. Columns are encoded
 * into a few dozen classes; the values within a class follow its quantiles.
 */
@NullMarked
package io.freshet.model.tree;

import org.jspecify.annotations.NullMarked;
