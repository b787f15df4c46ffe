/**
 * The contract of a source, its status, and the records that clients push. Enter through {@link Source}. Each other kind of
 * source has a package of its own below or beside this one, which this package does not use.
 */
@NullMarked
package io.freshet.source;

import org.jspecify.annotations.NullMarked;
