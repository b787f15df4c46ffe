package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An invented word. Its letters follow one another, and its length varies, as in the column. The model keeps only the shares of
 * letter pairs and of lengths, and it discards words that occur in the column.
 *
 * @param letters for each letter the letters that may follow it, with their bounds; {@code 0} stands for the beginning of a
 *        word
 * @param seen the words of the column
 */
record ChainWord(Map<Character, Choice> letters, Choice lengths, SeenTexts seen) implements TextPart.Free {

    private static final char BEGIN = 0;
    private static final int LONGEST = 30;
    private static final int MAX_ATTEMPTS = 8;

    ChainWord {
        letters = Map.copyOf(letters);
    }

    /** @param words at least one; none may be empty */
    static ChainWord of(Collection<String> words) {
        Map<Character, TreeMap<String, Integer>> pairs = new TreeMap<>();
        TreeMap<String, Integer> lengths = new TreeMap<>();
        for (String word : words) {
            lengths.merge(Integer.toString(Math.min(LONGEST, word.length())), 1, Integer::sum);
            char before = BEGIN;
            for (int i = 0; i < word.length(); i++) {
                pairs.computeIfAbsent(before, key -> new TreeMap<>()).merge(word.substring(i, i + 1), 1, Integer::sum);
                before = word.charAt(i);
            }
        }
        Map<Character, Choice> letters = new TreeMap<>();
        pairs.forEach((before, counts) -> letters.put(before, Choice.of(counts)));
        return new ChainWord(letters, Choice.of(lengths), SeenTexts.of(new TreeSet<>(words)));
    }

    @Override
    public void write(RowTexts row, StringBuilder out) {
        int from = out.length();
        writeAny(row, out);
        for (int attempt = 1; attempt < MAX_ATTEMPTS && seen.contain(out, from); attempt++) {
            out.setLength(from);
            writeAny(row, out);
        }
    }

    private void writeAny(RowTexts row, StringBuilder out) {
        int length = Integer.parseInt(lengths.texts().get(Choice.place(lengths.bounds(), row.uniform())));
        char before = BEGIN;
        for (int i = 0; i < length; i++) {
            Choice next = letters.get(before);
            Choice known = next == null ? begin() : next;
            String letter = known.texts().get(Choice.place(known.bounds(), row.uniform()));
            // within a word, a capital may follow only where the column has one
            out.append(letter);
            before = letter.charAt(0);
        }
    }

    private Choice begin() {
        Choice begin = letters.get(BEGIN);
        if (begin == null) {
            throw new IllegalStateException("a word without a beginning");
        }
        return begin;
    }

    /** Returns the lengths as numbers. */
    List<Integer> wordLengths() {
        List<Integer> numbers = new ArrayList<>();
        lengths.texts().forEach(length -> numbers.add(Integer.valueOf(length)));
        return numbers;
    }

    @Override
    public double variety() {
        double mean = wordLengths().stream().mapToInt(Integer::intValue).average().orElse(1);
        return Math.min(MANY, Math.pow(Math.max(2, letters.size() / 3.0), mean));
    }
}
