package io.freshet.stage;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;

/**
 * What a window does, whatever bounds it.
 *
 * @param name of the stage: part of the ids of results
 * @param key the field that says which records belong together; null if all do
 * @param aggregation what is computed
 * @param mostKeys how many keys there may be at a time
 * @param results the sinks that results go to while the records themselves go on; null for results to go on in their place
 */
public record WindowSettings(String name, @Nullable FieldPath key, Aggregation aggregation, int mostKeys,
        @Nullable List<String> results) {

    public WindowSettings {
        results = results == null ? null : List.copyOf(results);
    }

    /** The key of a record; empty if all belong together, or it has none. */
    String key(StageRecord record) {
        Object value = key == null ? null : key.get(record.fields());
        return value == null ? "" : value.toString();
    }
}
