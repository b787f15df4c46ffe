/**
 * How faithful and how private synthetic rows are, by the published definitions of SDMetrics, each score beside what real rows
 * reach against themselves.
 */
@NullMarked
package io.freshet.score;

import org.jspecify.annotations.NullMarked;
