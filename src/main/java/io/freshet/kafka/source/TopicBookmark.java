package io.freshet.kafka.source;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The next message of each partition.
 *
 * @param offsets by partition; nothing is known about missing partitions
 */
public record TopicBookmark(Map<Integer, Long> offsets) {

    /** A bookmark without any partition. */
    public static final TopicBookmark NONE = new TopicBookmark(Map.of());

    public TopicBookmark {
        offsets = Map.copyOf(offsets);
    }

    /**
     * Parses the text of a bookmark.
     *
     * @throws IllegalArgumentException if it is not valid
     */
    public static TopicBookmark parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        Map<Integer, Long> offsets = new HashMap<>();
        for (String each : text.split(",", -1)) {
            int at = each.indexOf('@');
            if (at < 0 || offsets.put(Integer.valueOf(each.substring(0, at)), Long.valueOf(each.substring(at + 1))) != null) {
                throw new IllegalArgumentException("is not a position in a topic: " + text);
            }
        }
        return new TopicBookmark(offsets);
    }

    /** Returns text such as {@code 0@4711,1@4712}. */
    @Override
    public String toString() {
        return new TreeMap<>(offsets).entrySet().stream().map(each -> each.getKey() + "@" + each.getValue())
                .collect(Collectors.joining(","));
    }
}
