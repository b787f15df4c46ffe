package io.freshet.source;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The status of reading a feed.
 *
 * @param state connecting, connected, waiting to connect again, or ended
 * @param connections how often a connection was established
 * @param lost how often a connection was lost, or could not be established
 * @param messages how many messages were received completely
 * @param records how many records they contained
 * @param garbage how many messages, or elements of arrays, could not be parsed
 * @param errors the reasons for the first few of them
 * @param tooLarge how many messages exceeded the maximum size and were discarded
 * @param buffered how many records wait for the stream
 * @param lastError why the last connection was lost; null if none was
 * @param lastErrorAt when it was lost
 */
public record WebSocketStatus(String state, long connections, long lost, long messages, long records, long garbage,
        List<String> errors, long tooLarge, int buffered, @Nullable String lastError, @Nullable Instant lastErrorAt) {

    public WebSocketStatus {
        errors = List.copyOf(errors);
    }
}
