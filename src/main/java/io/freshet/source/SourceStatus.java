package io.freshet.source;

import org.jspecify.annotations.Nullable;

/**
 * How a source is.
 *
 * @param modelVersion which version of its model it draws from; null if it has none
 * @param warning what somebody should look at; null if there is nothing
 * @param topic how reading its topic goes; null if it reads none
 * @param feed how reading its feed goes; null if it reads none
 */
public record SourceStatus(@Nullable Long modelVersion, @Nullable String warning, @Nullable TopicStatus topic,
        @Nullable FeedStatus feed) {

    static final SourceStatus FINE = new SourceStatus(null, null);

    public SourceStatus(@Nullable Long modelVersion, @Nullable String warning) {
        this(modelVersion, warning, null, null);
    }

    public SourceStatus(@Nullable Long modelVersion, @Nullable String warning, @Nullable TopicStatus topic) {
        this(modelVersion, warning, topic, null);
    }
}
