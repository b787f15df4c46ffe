package io.freshet.stage;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.event.FieldPath;
import io.freshet.event.TimeUnits;

/**
 * What a window does, whatever its bounds are.
 *
 * @param name the name of the stage, which is part of the ids of results
 * @param key the field that says which records belong together; null if all do
 * @param unit the unit of times that are numbers
 * @param aggregation what is computed
 * @param mostKeys the maximum number of keys at a time
 * @param results the sinks of results, while the records themselves are passed on; null for results to replace the records
 */
public record WindowSettings(String name, @Nullable FieldPath key, TimeUnits unit, Aggregation aggregation, int mostKeys,
        @Nullable List<String> results) {

    /** Creates settings that detect the unit of times automatically. */
    public WindowSettings(String name, @Nullable FieldPath key, Aggregation aggregation, int mostKeys,
            @Nullable List<String> results) {
        this(name, key, TimeUnits.AUTO, aggregation, mostKeys, results);
    }

    public WindowSettings {
        results = results == null ? null : List.copyOf(results);
    }

    /** Returns whether a record lacks the key field. */
    boolean lacksKey(StageRecord record) {
        return key != null && key.get(record.fields()) == null;
    }

    /** Returns the key of a record; empty if all records belong together or the record has no key. */
    String key(StageRecord record) {
        Object value = key == null ? null : key.get(record.fields());
        return value == null ? "" : value.toString();
    }
}
