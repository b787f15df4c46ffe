package io.freshet.table;

import java.util.Map;
import java.util.TreeMap;

/** Counts the texts that stand for missing values in a column. Not thread-safe. */
final class MissingTexts {

    private final Map<String, long[]> counts = new TreeMap<>();
    private long empty;

    void add(FieldText text) {
        if (text.length() == 0) {
            empty++;
        } else {
            add(text.toString(), 1);
        }
    }

    void add(String text, long cells) {
        counts.computeIfAbsent(text, first -> new long[1])[0] += cells;
    }

    /** Returns the most common text; empty if most missing values have none. */
    String commonest() {
        String commonest = "";
        long most = empty;
        for (Map.Entry<String, long[]> entry : counts.entrySet()) {
            if (entry.getValue()[0] > most) {
                most = entry.getValue()[0];
                commonest = entry.getKey();
            }
        }
        return commonest;
    }
}
