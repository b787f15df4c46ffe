package io.freshet.stream;

/**
 * Fired to CDI observers for every record of every stream, before the sinks receive it. Has no cost unless an observer is
 * present.
 *
 * @param stream the name of the stream
 * @param position the index of the record in the stream
 * @param json the record
 */
public record EventGenerated(String stream, long position, String json) {
}
