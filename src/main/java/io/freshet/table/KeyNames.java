package io.freshet.table;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recognises column names that keys of tables typically have, by their last word. */
final class KeyNames {

    private static final Set<String> LAST_WORDS = Set.of("id", "ids", "key", "pk", "uuid", "guid", "rowid");
    private static final Set<String> COUNTERS = Set.of("index", "idx", "row", "no", "nr", "num", "number", "seq", "sequence");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");

    private KeyNames() {
    }

    /** Returns true for id, customer_id, orderId, Order ID and user.key; false for paid. */
    static boolean contain(String name) {
        return LAST_WORDS.contains(lastWord(name));
    }

    /** Returns whether the name is one that a row number typically has: true for index, row_no and Unnamed: 0. */
    static boolean count(String name) {
        return contain(name) || COUNTERS.contains(lastWord(name)) || name.startsWith("Unnamed:");
    }

    /** Returns the words of a name such as createdAt or created_at. */
    static Stream<String> words(String name) {
        return BETWEEN_WORDS.splitAsStream(name);
    }

    private static String lastWord(String name) {
        String[] words = BETWEEN_WORDS.split(name);
        return words.length == 0 ? "" : words[words.length - 1].toLowerCase(Locale.ROOT);
    }
}
