package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.freshet.table.RareNames;

/** Learns a part of a form from the texts at its position. */
final class PartLearner {

    private static final int MAX_CHOICES = 500;
    private static final int MAX_NUMBER_CHOICES = 16;
    private static final double DENSE = .3;
    private static final double FREQUENT = .95;
    private static final int MAX_DIGITS = 17;
    /**
     * Longer runs of digits are codes rather than numbers: each position has its own meaning, such as the issuer digits of a
     * card.
     */
    private static final int MIN_CODE = 10;
    /** With this many examples per character seen, other characters are assumed not to occur. */
    private static final int SEEN_ENOUGH = 10;
    private static final double ON_A_LIST = .25;
    private static final int CODE_LENGTH = 4;

    private final List<String> texts;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final int min;
    private final WordList.@Nullable Kind hint;
    private final String language;

    /**
     * Collects the texts.
     *
     * @param texts at least one
     * @param rows the number of rows of the column
     * @param hint the kind of words that the column name suggests; null if it suggests none
     */
    PartLearner(List<String> texts, long rows, WordList.@Nullable Kind hint, String language) {
        this.texts = texts;
        texts.forEach(text -> counts.merge(text, 1, Integer::sum));
        this.min = rows >= RareNames.MIN_TABLE_ROWS ? RareNames.FEWEST_ROWS : 2;
        this.hint = hint;
        this.language = language;
    }

    /** @param limit the largest number the part may contain */
    TextPart digits(long limit) {
        if (counts.size() == 1) {
            return Choice.literal(texts.get(0));
        }
        int longest = texts.stream().mapToInt(String::length).max().orElse(1);
        int shortest = texts.stream().mapToInt(String::length).min().orElse(1);
        if (longest > MAX_DIGITS || longest == shortest && longest >= MIN_CODE) {
            return letters(longest);
        }
        long low = texts.stream().mapToLong(Long::parseLong).min().orElse(0);
        long high = texts.stream().mapToLong(Long::parseLong).max().orElse(0);
        boolean sparse = counts.size() < DENSE * (high - low + 1);
        if (isFrequent(sparse ? MAX_CHOICES : MAX_NUMBER_CHOICES) && (sparse || counts.size() <= 2)) {
            return frequent();
        }
        return new NumberPart(low, high, longest == shortest && longest > 1 ? longest : 0, Math.max(limit, high));
    }

    /** Returns whether nearly all texts are common enough to be disclosed, and there are at most {@code max} of those. */
    private boolean isFrequent(int max) {
        long frequent = counts.values().stream().filter(count -> count >= min).mapToInt(Integer::intValue).sum();
        long kept = counts.values().stream().filter(count -> count >= min).count();
        return counts.size() == 1 && texts.size() >= min
                || kept > 0 && kept <= max && frequent >= FREQUENT * texts.size() && kept <= texts.size() / 2;
    }

    private Choice frequent() {
        Map<String, Integer> kept = new LinkedHashMap<>();
        counts.forEach((text, count) -> {
            if (count >= min || counts.size() == 1) {
                kept.put(text, count);
            }
        });
        return Choice.of(kept);
    }

    TextPart word() {
        if (isFrequent(MAX_CHOICES)) {
            return frequent();
        }
        WordList list = list();
        if (list != null) {
            boolean ascii = counts.keySet().stream().allMatch(word -> word.chars().allMatch(c -> c < 128));
            return new ListWord(list, WordCase.of(counts.keySet()), ascii && WordCase.of(counts.keySet()) != WordCase.AS_IS);
        }
        int longest = texts.stream().mapToInt(String::length).max().orElse(1);
        boolean fixed = texts.stream().allMatch(text -> text.length() == longest);
        boolean upper = WordCase.of(counts.keySet()) == WordCase.UPPER;
        return fixed && (longest <= CODE_LENGTH || upper) ? letters(longest) : ChainWord.of(texts);
    }

    /** Returns the list with the most hits, if it contains enough of the words. */
    private @Nullable WordList list() {
        WordList best = null;
        int max = 0;
        for (WordList list : WordList.ALL) {
            int hits = list.hits(counts.keySet());
            int weighted = hits * (list.kind() == hint ? 3 : 2);
            if (hits >= ON_A_LIST * counts.size() && hits >= 2 && weighted > max) {
                best = list;
                max = weighted;
            }
        }
        return best == null && hint != null && looksLikeNames() ? WordList.of(hint, language) : best;
    }

    /** Returns whether words that the column name calls names are also written like names, in Latin letters. */
    private boolean looksLikeNames() {
        return counts.keySet().stream().mapToInt(String::length).distinct().count() > 2
                && counts.keySet().stream().allMatch(word -> word.length() > 1 && Character.isUpperCase(word.charAt(0))
                        && word.chars().allMatch(c -> c < 0x250));
    }

    /** Learns an alphabet for each position from the texts of the most common length. */
    TextPart letters(int longest) {
        Map<Integer, Integer> lengths = new TreeMap<>();
        texts.forEach(text -> lengths.merge(text.length(), 1, Integer::sum));
        int length = lengths.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(longest);
        List<String> alphabets = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            alphabets.add(alphabet(length, i));
        }
        return new LettersPart(alphabets);
    }

    private String alphabet(int length, int place) {
        TreeSet<Character> seen = new TreeSet<>();
        int examples = 0;
        for (String text : texts) {
            if (text.length() == length) {
                seen.add(text.charAt(place));
                examples++;
            }
        }
        StringBuilder alphabet = new StringBuilder();
        seen.forEach(alphabet::append);
        boolean leading = place == 0 && seen.first() > '0' && seen.last() <= '9';
        boolean known = seen.size() == 1 || examples >= SEEN_ENOUGH * seen.size() || leading;
        return known ? alphabet.toString() : LettersPart.wider(alphabet.toString());
    }

    /** Returns the domains that many rows share, or invented ones that cannot belong to a real owner. */
    List<TextPart> domain() {
        Map<String, Integer> kept = new LinkedHashMap<>();
        counts.entrySet().stream().filter(entry -> entry.getValue() >= min)
                .sorted(Map.Entry.<String, Integer> comparingByValue(Comparator.reverseOrder()))
                .limit(MAX_CHOICES).forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        long rows = kept.values().stream().mapToInt(Integer::intValue).sum();
        if (2 * rows >= texts.size()) {
            return List.of(Choice.of(kept));
        }
        return List.of(new ListWord(WordList.of(WordList.Kind.COMPANY, "en"), WordCase.LOWER, true),
                Choice.literal(".example"));
    }

    /** Returns the number of different words. */
    int distinct() {
        return new HashSet<>(texts).size();
    }
}
