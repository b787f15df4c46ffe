/**
 * The processing steps between the source and the sinks of a stream: filters, transformations, rules, quality checks, windows
 * and voxel grids. Plain Java without the framework.
 */
@NullMarked
package io.freshet.stage;

import org.jspecify.annotations.NullMarked;
