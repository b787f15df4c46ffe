package io.freshet.source;

import org.jspecify.annotations.Nullable;

/**
 * How a source is.
 *
 * @param modelVersion which version of its model it draws from; null if it has none
 * @param warning what somebody should look at; null if there is nothing
 */
public record SourceStatus(@Nullable Long modelVersion, @Nullable String warning) {

    static final SourceStatus FINE = new SourceStatus(null, null);
}
