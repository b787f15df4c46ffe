package io.freshet.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The fields of a record as nested maps. */
public final class NestedFields {

    private NestedFields() {
    }

    /**
     * Sets the field at a path, and creates the objects that lead there. A field of an object that is null is left out.
     *
     * @param path the names from the outermost object to the field
     */
    @SuppressWarnings("unchecked")
    public static void put(Map<String, @Nullable Object> record, List<String> path, @Nullable Object value) {
        Map<String, @Nullable Object> object = record;
        for (String step : path.subList(0, path.size() - 1)) {
            if (object.containsKey(step) && object.get(step) == null) {
                return;
            }
            object = (Map<String, @Nullable Object>) object.computeIfAbsent(step, name -> new LinkedHashMap<>());
        }
        object.put(path.get(path.size() - 1), value);
    }
}
