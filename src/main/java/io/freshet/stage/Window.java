package io.freshet.stage;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A stage that computes something of the records that belong together, and can be asked for it. */
public sealed interface Window extends Stage permits TimeWindow, CountWindow {

    /**
     * The last results, newest first; asked by any thread.
     *
     * @param key null for all
     */
    List<WindowResult> results(@Nullable String key, int most);

    /** What the windows of a key come to that more records are expected for; asked by any thread. */
    List<WindowResult> open(String key);
}
