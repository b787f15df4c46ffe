package io.freshet.stage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a window came to for one key.
 *
 * @param window the name of the stage
 * @param key empty if all records belong together
 * @param start of the window: milliseconds since 1970, or the index of its first record among those of the key
 * @param end behind it
 * @param revision 0 for the first result, then one more for each record that came late
 * @param open whether more records are still expected
 * @param count how many records
 * @param measures by field
 */
public record WindowResult(String window, String key, long start, long end, int revision, boolean open, long count,
        Map<String, @Nullable Object> measures) {

    public WindowResult {
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }
}
