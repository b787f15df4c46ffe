package io.freshet.source;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The status of a source.
 *
 * @param modelVersion the version of the model that it draws from; null if it has none
 * @param warning something that needs attention; null if there is nothing
 * @param lastError why it cannot be read at present; null if no problem is known
 * @param lastErrorAt since when
 * @param topic the status of reading its topic; null if it reads none
 * @param feed the status of reading its feed; null if it reads none
 * @param http the buffer of the records that are pushed into it; null if none can be
 */
public record SourceStatus(@Nullable Long modelVersion, @Nullable String warning, @Nullable String lastError,
        @Nullable Instant lastErrorAt, @Nullable TopicStatus topic, @Nullable WebSocketStatus feed,
        @Nullable PushStatus http) {

    public static final SourceStatus FINE = new SourceStatus(null, null);

    public SourceStatus(@Nullable Long modelVersion, @Nullable String warning) {
        this(modelVersion, warning, null, null, null, null, null);
    }

    /**
     * Creates the status of a source that reads from another system.
     *
     * @param problem why it cannot be read at present; null if no problem is known
     */
    public SourceStatus(@Nullable Long modelVersion, @Nullable String warning, @Nullable SourceProblem problem,
            @Nullable TopicStatus topic, @Nullable WebSocketStatus feed) {
        this(modelVersion, warning, problem == null ? null : problem.reason(), problem == null ? null : problem.since(), topic,
                feed, null);
    }

    /** Creates the status of a source that records are pushed into. */
    static SourceStatus of(PushStatus http) {
        return new SourceStatus(null, null, null, null, null, null, http);
    }
}
