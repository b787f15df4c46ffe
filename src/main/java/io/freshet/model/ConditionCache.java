package io.freshet.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Caches what a model prepares for the latest conditions. Results depend only on the conditions, so it does not matter which
 * thread computes them. Thread-safe.
 *
 * @param <T> what is prepared
 */
public final class ConditionCache<T> {

    private static final int MAX_CONDITIONS = 8;

    private final Map<Conditions, T> latest = new LinkedHashMap<>(16, .75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Conditions, T> eldest) {
            return size() > MAX_CONDITIONS;
        }
    };

    /** Returns what was prepared for the conditions; prepares it, without a lock, if it is not known. */
    public T get(Conditions conditions, Function<Conditions, T> prepare) {
        T known;
        synchronized (latest) {
            known = latest.get(conditions);
        }
        if (known == null) {
            known = prepare.apply(conditions);
            synchronized (latest) {
                latest.put(conditions, known);
            }
        }
        return known;
    }
}
