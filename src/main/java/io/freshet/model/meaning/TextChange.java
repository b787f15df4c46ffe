package io.freshet.model.meaning;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** How a text appears within another text: unchanged, in another case, without accents, or as its initial. */
public enum TextChange {
    AS_IS,
    LOWER,
    UPPER,
    /** In lower case, reduced to ASCII letters and digits: {@code José Müller} becomes {@code josemuller}. */
    FOLDED,
    /** As {@link #FOLDED}, with umlauts written as two letters: {@code Müller} becomes {@code mueller}. */
    FOLDED_UMLAUTS,
    /** In lower case, with hyphens between the words. */
    HYPHENS,
    /** The first letter, folded as in {@link #FOLDED}. */
    INITIAL,
    /** The first letter in upper case. */
    UPPER_INITIAL;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z0-9]+");

    String apply(String text) {
        return switch (this) {
            case AS_IS -> text;
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case UPPER -> text.toUpperCase(Locale.ROOT);
            case FOLDED -> fold(text);
            case FOLDED_UMLAUTS -> fold(umlauts(text));
            case HYPHENS -> hyphens(text);
            case INITIAL -> first(fold(text));
            case UPPER_INITIAL -> first(text.toUpperCase(Locale.ROOT));
        };
    }

    /** Returns whether the change leaves only an initial, which often matches by chance. */
    boolean isInitial() {
        return this == INITIAL || this == UPPER_INITIAL;
    }

    private static String first(String text) {
        return text.isEmpty() ? "" : text.substring(0, text.offsetByCodePoints(0, 1));
    }

    static String fold(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isLetterOrDigit(text.charAt(i))) {
                return NO_LETTERS.matcher(plain(text)).replaceAll("");
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static String plain(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace("ß", "ss").replace("ø", "o").replace("ł", "l")
                .replace("æ", "ae").replace("œ", "oe");
        return MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD)).replaceAll("");
    }

    private static String umlauts(String text) {
        return text.toLowerCase(Locale.ROOT).replace("ä", "ae").replace("ö", "oe").replace("ü", "ue");
    }

    private static String hyphens(String text) {
        String joined = NO_LETTERS.matcher(plain(text)).replaceAll("-");
        int from = joined.startsWith("-") ? 1 : 0;
        int to = joined.endsWith("-") ? joined.length() - 1 : joined.length();
        return from >= to ? "" : joined.substring(from, to);
    }
}
