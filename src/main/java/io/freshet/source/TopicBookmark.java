package io.freshet.source;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which message of each partition is the next one.
 *
 * @param offsets by partition; of those that are not there nothing is known
 */
public record TopicBookmark(Map<Integer, Long> offsets) {

    /** Nothing is known. */
    public static final TopicBookmark NONE = new TopicBookmark(Map.of());

    public TopicBookmark {
        offsets = Map.copyOf(offsets);
    }

    /**
     * Of its text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static TopicBookmark parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        Map<Integer, Long> offsets = new HashMap<>();
        for (String each : text.split(",", -1)) {
            int at = each.indexOf('@');
            if (at < 0 || offsets.put(Integer.valueOf(each.substring(0, at)), Long.valueOf(each.substring(at + 1))) != null) {
                throw new IllegalArgumentException("is no place in a topic: " + text);
            }
        }
        return new TopicBookmark(offsets);
    }

    /** Such as {@code 0@4711,1@4712}. */
    @Override
    public String toString() {
        return new TreeMap<>(offsets).entrySet().stream().map(each -> each.getKey() + "@" + each.getValue())
                .collect(Collectors.joining(","));
    }
}
