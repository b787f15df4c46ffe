package io.freshet.model.meaning;

import java.util.Locale;

/** The case of a word. */
enum WordCase {
    AS_IS,
    LOWER,
    UPPER;

    static WordCase of(Iterable<String> words) {
        boolean lower = true;
        boolean upper = true;
        for (String word : words) {
            lower &= word.equals(word.toLowerCase(Locale.ROOT));
            upper &= word.equals(word.toUpperCase(Locale.ROOT));
        }
        return lower ? LOWER : upper ? UPPER : AS_IS;
    }

    String apply(String word) {
        return this == AS_IS ? word : this == LOWER ? word.toLowerCase(Locale.ROOT) : word.toUpperCase(Locale.ROOT);
    }
}
