/**
 * Counter-based random numbers, the normal distribution, sketches of quantiles and distinct counts, and correlation
 * matrices; gradient-boosted trees. Plain Java.
 */
@NullMarked
package io.freshet.stats;

import org.jspecify.annotations.NullMarked;
