/** Reads and writes model files. */
@NullMarked
package io.freshet.model.file;

import org.jspecify.annotations.NullMarked;
