/**
 * Learning by twins: {@link io.freshet.source.twin.TwinLearner} teaches a model the rows that a source reads, wherever they
 * come from. It may use {@code source} and {@code source.model}.
 */
@NullMarked
package io.freshet.source.twin;

import org.jspecify.annotations.NullMarked;
