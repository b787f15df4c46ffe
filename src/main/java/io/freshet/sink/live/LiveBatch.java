package io.freshet.sink.live;

/**
 * A batch of a stream for those that follow it live.
 *
 * @param json the records with the name of the stream and the position, as sockets receive them
 */
public record LiveBatch(String stream, String json) {
}
