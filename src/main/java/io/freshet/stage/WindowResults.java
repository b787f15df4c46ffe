package io.freshet.stage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The latest results of a window, for queries. Thread-safe. */
final class WindowResults {

    private static final int MOST = 10_000;

    private final Deque<WindowResult> last = new ArrayDeque<>();

    synchronized void add(WindowResult result) {
        if (last.size() == MOST) {
            last.removeFirst();
        }
        last.add(result);
    }

    /**
     * Returns the latest results, newest first.
     *
     * @param key the key, or null for all keys
     */
    synchronized List<WindowResult> last(@Nullable String key, int max) {
        List<WindowResult> found = new ArrayList<>();
        Iterator<WindowResult> newest = last.descendingIterator();
        while (newest.hasNext() && found.size() < max) {
            WindowResult result = newest.next();
            if (key == null || key.equals(result.key())) {
                found.add(result);
            }
        }
        return found;
    }
}
