package io.freshet.score;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores columns of identifiers and free text, whose values need not recur but whose form should. The form of a text replaces
 * its characters by classes (letters, capitals, digits, spaces; other characters stand for themselves) and collapses runs: the
 * form of {@code jo.li@host.org} is {@code a.a@a.a}. A text has a known form if every three neighbours in its form, including
 * its ends, are also neighbours in the form of a real text.
 */
final class TextMetrics {

    private static final int MIN_WORD = 3;
    private static final int LONGEST = 4_000;

    private TextMetrics() {
    }

    static TextScore score(ComparedText texts) {
        boolean known = !texts.training().isEmpty();
        int half = texts.real().size() / 2;
        double ceiling = known ? knownForms(texts.real(), texts.training())
                : knownForms(texts.real().subList(0, half), texts.real().subList(half, texts.real().size()));
        Set<String> originals = new HashSet<>(known ? texts.training() : texts.real());
        return new TextScore(texts.name(), texts.type(), knownForms(texts.real(), texts.synthetic()), ceiling,
                ColumnMetrics.ksComplement(lengths(texts.real()), lengths(texts.synthetic())),
                texts.type().equals("identifier") ? Double.NaN : knownWords(texts.real(), texts.synthetic()),
                distinct(texts.synthetic()), distinct(texts.real()), among(originals, texts.synthetic()),
                known ? among(originals, texts.real()) : Double.NaN, texts.missingSimilarity());
    }

    /** Returns the share of texts whose form is known from other texts. */
    static double knownForms(List<String> from, List<String> texts) {
        Set<String> known = new HashSet<>();
        from.forEach(text -> known.addAll(neighbours(form(text))));
        return share(texts, text -> known.containsAll(neighbours(form(text))));
    }

    private static Set<String> neighbours(String form) {
        Set<String> neighbours = new HashSet<>();
        String bounded = "\0" + form + "\0";
        for (int i = 0; i + 2 < bounded.length(); i++) {
            neighbours.add(bounded.substring(i, i + 3));
        }
        return neighbours;
    }

    /** Returns the form of a text. For a very long text, it is the form of its beginning. */
    static String form(String text) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char kind = kind(text.charAt(i));
            if (form.length() == 0 || form.charAt(form.length() - 1) != kind || "aA9 ".indexOf(kind) < 0) {
                form.append(kind);
            }
        }
        return form.toString();
    }

    private static char kind(char c) {
        if (Character.isDigit(c)) {
            return '9';
        }
        if (Character.isLetter(c)) {
            return Character.isUpperCase(c) ? 'A' : 'a';
        }
        return Character.isWhitespace(c) ? ' ' : c;
    }

    private static double[] lengths(List<String> texts) {
        return texts.stream().mapToDouble(String::length).toArray();
    }

    private static double knownWords(List<String> from, List<String> texts) {
        Set<String> known = new HashSet<>();
        from.forEach(text -> known.addAll(words(text)));
        List<String> all = texts.stream().flatMap(text -> words(text).stream()).toList();
        return share(all, known::contains);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[^\\p{L}]+", -1)).filter(word -> word.length() >= MIN_WORD).toList();
    }

    private static double distinct(List<String> texts) {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(text -> counts.merge(text, 1, Integer::sum));
        return share(texts, text -> counts.getOrDefault(text, 0) == 1);
    }

    private static double among(Set<String> originals, List<String> texts) {
        return share(texts, originals::contains);
    }

    private static double share(List<String> texts, java.util.function.Predicate<String> matches) {
        return texts.isEmpty() ? Double.NaN : texts.stream().filter(matches).count() / (double) texts.size();
    }
}
