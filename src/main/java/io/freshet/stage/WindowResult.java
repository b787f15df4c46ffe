package io.freshet.stage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The result of a window for one key.
 *
 * @param window the name of the stage
 * @param key the key; empty if all records belong together
 * @param start the start of the window: milliseconds since 1970, or the index of its first record among those of the key
 * @param end the end of the window, exclusive
 * @param revision 0 for the first result, increased by one for each record that arrives late
 * @param open whether more records are still expected
 * @param count the number of records
 * @param measures the measures by field
 */
public record WindowResult(String window, String key, long start, long end, int revision, boolean open, long count,
        Map<String, @Nullable Object> measures) {

    public WindowResult {
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }
}
