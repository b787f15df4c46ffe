/**
 * Random numbers addressed by counter, the normal distribution, quantile summaries and correlation matrices. Plain Java.
 */
@NullMarked
package io.freshet.stats;

import org.jspecify.annotations.NullMarked;
