package io.freshet.model.meaning;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A list of words of one kind and language.
 *
 * @param kind what the words name
 * @param language the language code, such as {@code de}
 */
record WordList(Kind kind, String language, List<String> words) {

    /** The kind of thing that words name. */
    enum Kind {
        FIRST_NAME,
        LAST_NAME,
        STREET,
        COMPANY
    }

    /** All lists. Each line of the file is {@code KIND language words}. */
    static final List<WordList> ALL = Resources.lines("words.txt").stream().map(WordList::parse).toList();
    private static final Set<String> ALL_WORDS = new HashSet<>();

    static {
        ALL.forEach(list -> list.words.forEach(word -> ALL_WORDS.add(list.kind + word.toLowerCase(Locale.ROOT))));
    }

    WordList {
        words = List.copyOf(words);
    }

    private static WordList parse(String line) {
        String[] fields = line.split(" ", 3);
        return new WordList(Kind.valueOf(fields[0]), fields[1], Arrays.asList(fields[2].split(",")));
    }

    /** Returns the list of a kind and language, or the English list if that language has none. */
    static WordList of(Kind kind, String language) {
        return ALL.stream().filter(list -> list.kind == kind && list.language.equals(language)).findFirst()
                .orElseGet(() -> ALL.stream().filter(list -> list.kind == kind).findFirst().orElseThrow());
    }

    /** Returns whether a list of this kind contains a word, in any language and case. */
    static boolean contains(Kind kind, String word) {
        return ALL_WORDS.contains(kind + word.toLowerCase(Locale.ROOT));
    }

    /** Returns how many of the words the list contains, ignoring case and accents. */
    int hits(Iterable<String> others) {
        Set<String> folded = new HashSet<>();
        words.forEach(word -> {
            folded.add(word.toLowerCase(Locale.ROOT));
            folded.add(TextChange.FOLDED.apply(word));
        });
        int hits = 0;
        for (String other : others) {
            hits += folded.contains(other.toLowerCase(Locale.ROOT)) ? 1 : 0;
        }
        return hits;
    }
}
