package io.freshet.stage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The last results of a window, for those who ask. Thread-safe. */
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
     * Newest first.
     *
     * @param key null for all
     */
    synchronized List<WindowResult> last(@Nullable String key, int most) {
        List<WindowResult> found = new ArrayList<>();
        Iterator<WindowResult> newest = last.descendingIterator();
        while (newest.hasNext() && found.size() < most) {
            WindowResult result = newest.next();
            if (key == null || key.equals(result.key())) {
                found.add(result);
            }
        }
        return found;
    }
}
