/**
 * Scores how faithful and how private synthetic rows are, with the definitions of SDMetrics. Each score comes with its ceiling:
 * the score that real rows reach against other real rows.
 */
@NullMarked
package io.freshet.score;

import org.jspecify.annotations.NullMarked;
