package io.freshet.table;

import java.util.Locale;
import java.util.Set;

/**
 * Texts that stand for a missing value if all other values of the column are numbers or dates. In other columns they are
 * ordinary values: "None" is a kind of damage in one table, and a missing number in the next.
 */
final class PlaceHolders {

    private static final Set<String> TEXTS = Set.of("", "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity",
            "none", "null", "nil", "na", "n/a", "#n/a", "-", "--", "?", ".");
    private static final int LONGEST = 9;

    private PlaceHolders() {
    }

    static boolean contain(String text) {
        return text.length() <= LONGEST && TEXTS.contains(text.toLowerCase(Locale.ROOT));
    }

    static boolean contain(FieldText text) {
        return text.length() <= LONGEST && contain(text.toString());
    }
}
