/**
 * Freshet: learns the shape of tabular data and streams faithful synthetic data.
 */
@NullMarked
package io.freshet;

import org.jspecify.annotations.NullMarked;
