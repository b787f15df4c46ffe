package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.freshet.table.RareNames;

/** Learns the length and the vocabulary of prose. */
final class ProseLearner {

    private static final int MAX_COMMON = 300;
    private static final double COMMON_SHARE = .01;
    private static final int MAX_WORDS = 200;
    /** Longer words could disclose content. */
    private static final int MAX_COMMON_LENGTH = 3;
    private static final double PROSE_WORDS = 4.5;
    private static final double PROSE_SHARE = .8;
    private static final Pattern WORD = Pattern.compile("[(\"'„“«¿¡]?[\\p{L}\\p{M}'’-]+[.,;:!?)\"'“”»…]*");

    private ProseLearner() {
    }

    /** Returns whether the texts are sentences: most have several words and little else. */
    static boolean isProse(List<String> examples) {
        long words = 0;
        long pieces = 0;
        for (String example : examples) {
            for (String piece : example.strip().split("\\s+")) {
                words += WORD.matcher(piece).matches() ? 1 : 0;
                pieces++;
            }
        }
        return words >= PROSE_WORDS * examples.size() && words >= PROSE_SHARE * pieces;
    }

    /** @param rows the number of rows of the column */
    static Prose learn(List<String> examples, long rows) {
        Map<String, Integer> texts = new TreeMap<>();
        TreeMap<String, Integer> lengths = new TreeMap<>();
        List<String> words = new ArrayList<>();
        int capitals = 0;
        int stops = 0;
        for (String example : examples) {
            List<String> own = words(example);
            lengths.merge(Integer.toString(Math.max(1, Math.min(MAX_WORDS, own.size()))), 1, Integer::sum);
            words.addAll(own);
            new HashSet<>(own).forEach(word -> texts.merge(word, 1, Integer::sum));
            capitals += Character.isUpperCase(example.codePointAt(0)) ? 1 : 0;
            stops += example.endsWith(".") ? 1 : 0;
        }
        Map<String, Integer> common = common(texts, words, examples.size(), rows);
        int sum = common.values().stream().mapToInt(Integer::intValue).sum();
        List<String> others = words.stream().filter(word -> !common.containsKey(word)).toList();
        List<String> model = others.isEmpty() ? words : others;
        return new Prose(Choice.of(lengths), common.isEmpty() ? Choice.literal(model.isEmpty() ? "x" : "") : Choice.of(common),
                common.isEmpty() ? 0 : (double) sum / words.size(), ChainWord.of(model.isEmpty() ? List.of("x") : model),
                2 * capitals > examples.size(), 2 * stops > examples.size() ? "." : "");
    }

    /** Returns the words in lower case, without punctuation. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("[^\\p{L}\\p{M}']+")) {
            if (!word.isEmpty() && word.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    private static Map<String, Integer> common(Map<String, Integer> texts, List<String> words, int examples, long rows) {
        int min = (int) Math.max(rows >= RareNames.MIN_TABLE_ROWS ? RareNames.FEWEST_ROWS : 2, COMMON_SHARE * examples);
        Map<String, Integer> all = new TreeMap<>();
        words.forEach(word -> all.merge(word, 1, Integer::sum));
        Map<String, Integer> common = new LinkedHashMap<>();
        all.entrySet().stream().filter(
                entry -> entry.getKey().length() <= MAX_COMMON_LENGTH && texts.getOrDefault(entry.getKey(), 0) >= min)
                .sorted(Map.Entry.<String, Integer> comparingByValue(Comparator.reverseOrder())).limit(MAX_COMMON)
                .forEach(entry -> common.put(entry.getKey(), entry.getValue()));
        return common;
    }
}
