package io.freshet.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * How the last versions of a model came about. Bounded, because a twin learns for as long as it runs.
 *
 * @param entries oldest first, at most {@link #MAX_ENTRIES}
 */
public record VersionHistory(List<VersionEntry> entries) {

    public static final int MAX_ENTRIES = 100;
    /** What is known of models whose files have no history. */
    public static final VersionHistory EMPTY = new VersionHistory(List.of());

    public VersionHistory {
        entries = List.copyOf(entries.subList(Math.max(0, entries.size() - MAX_ENTRIES), entries.size()));
    }

    /** Returns the history with one more version. */
    public VersionHistory with(VersionEntry next) {
        return new VersionHistory(Stream.concat(entries.stream(), Stream.of(next)).toList());
    }
}
