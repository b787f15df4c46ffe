package io.freshet.stream.definition;

import java.util.Optional;

/**
 * One of the shards that a stream is divided into. A shard runs like a stream of its own, under the name of the stream and its
 * number, and makes its part of the records.
 *
 * @param stream the name of the whole stream
 * @param index from 0
 * @param count the number of shards of the stream
 */
public record Shard(String stream, int index, int count) {

    /** The maximum number of shards of a stream. */
    public static final int MAX_COUNT = 256;
    /** Cannot be part of the name of a stream. */
    private static final char SEPARATOR = '~';

    /** Returns the name under which a shard runs. */
    public static String name(String stream, int index) {
        return stream + SEPARATOR + index;
    }

    /** Returns the name of the stream that a shard of this name belongs to; empty if the name is not that of a shard. */
    public static Optional<String> streamOf(String name) {
        int at = name.lastIndexOf(SEPARATOR);
        return at < 0 ? Optional.empty() : Optional.of(name.substring(0, at));
    }

    /** Returns the number in the name of a shard. */
    public static int indexOf(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf(SEPARATOR) + 1));
    }

    public String name() {
        return name(stream, index);
    }
}
