package io.freshet.source;

import org.jspecify.annotations.Nullable;

/**
 * How reading a feed goes.
 *
 * @param state connecting, connected, waiting to connect again, or ended
 * @param connections how often it was connected
 * @param lost how often a connection was lost, or could not be had
 * @param messages how many came whole
 * @param records how many they held
 * @param garbage how many of them could not be read
 * @param tooLarge how many messages were larger than is allowed; thrown away
 * @param buffered how many records wait for the stream
 * @param lastError why the last connection was lost; null if none was
 */
public record FeedStatus(String state, long connections, long lost, long messages, long records, long garbage, long tooLarge,
        int buffered, @Nullable String lastError) {
}
