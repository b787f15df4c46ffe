/**
 * What happens to records between the source and the sinks of a stream: filters, transformations, rules, checkpoints, windows,
 * voxel grids. Plain Java.
 */
@NullMarked
package io.freshet.stage;

import org.jspecify.annotations.NullMarked;
