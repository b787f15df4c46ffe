/**
 * Appends records to local files within size limits. Enter through {@link FileSink}. It may use {@code sink}.
 */
@NullMarked
package io.freshet.sink.file;

import org.jspecify.annotations.NullMarked;
