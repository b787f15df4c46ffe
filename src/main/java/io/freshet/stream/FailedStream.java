package io.freshet.stream;

import java.util.List;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.stream.health.StreamHealth;
import io.freshet.stream.health.StreamHealth.Alert;

/**
 * A saved stream that does not run because it could not be restored. Its entry in the store stays unchanged until the stream is
 * resumed or deleted.
 *
 * @param reason why it could not be restored
 * @param definition as it was saved, with its secrets; null if it cannot be read
 */
public record FailedStream(String name, String reason, @Nullable JsonNode definition) {

    /** Returns a health that is always degraded. */
    public StreamHealth health() {
        return new StreamHealth(name, "degraded", List.of(new Alert("STREAM_NOT_RESTORED", "", 1, 0, reason)));
    }
}
