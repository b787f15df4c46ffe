package io.freshet.stage;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A stage that aggregates records that belong together and can be asked for the results. */
public sealed interface Window extends Stage permits TimeWindow, CountWindow {

    /**
     * Returns the latest results, newest first. Any thread may call it.
     *
     * @param key the key, or null for all keys
     */
    List<WindowResult> results(@Nullable String key, int max);

    /** Returns the preliminary results of a key's open windows. Any thread may call it. */
    List<WindowResult> open(String key);
}
