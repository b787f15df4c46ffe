package io.freshet.model.marginal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

import io.freshet.stats.Permutation;
import io.freshet.table.ColumnType;
import io.freshet.table.TextVector;

/**
 * The shape of the texts of a column: a sequence of positions, each with the characters it may hold. Texts are filled from a
 * number (which makes the text unique if the numbers are) and, beyond what the number can fill, from a random word. A pattern
 * with {@code words} > 0 instead writes that many made-up words, on average.
 *
 * @param positions the characters allowed at each place, in order
 * @param words for prose: the mean number of words; 0 for identifiers
 */
public record TextPattern(List<String> positions, int words) {

    private static final String DIGITS = "0123456789";
    private static final String LOWER_HEX = "0123456789abcdef";
    private static final String UPPER_HEX = "0123456789ABCDEF";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final List<String> CLASSES = List.of(DIGITS, LOWER_HEX, UPPER_HEX, LOWER, UPPER, UPPER + DIGITS,
            LOWER + DIGITS, UPPER + LOWER, UPPER + LOWER + DIGITS);
    private static final String CONSONANTS = "bcdfghklmnprstvw";
    private static final String VOWELS = "aeiou";
    private static final long MOST = 1L << 62;
    private static final int EXAMPLES = 2_000;
    /** With this many examples per observed character, other characters are not considered possible. */
    private static final int SEEN_ENOUGH = 10;
    private static final int MAX_SUFFIX = 20;
    private static final int LONGEST = 256;
    private static final int MAX_WORDS = 40;
    private static final int MAX_WORD = 9;

    public TextPattern {
        positions = List.copyOf(positions);
    }

    /**
     * Returns the pattern of a column of identifiers or prose.
     *
     * @param rows the rows to take examples from, in an order that does not depend on the file
     */
    public static TextPattern of(ColumnType type, TextVector texts, IntStream rows) {
        List<String> examples = rows.filter(row -> !texts.isMissing(row)).limit(EXAMPLES)
                .mapToObj(texts::text).toList();
        return examples.isEmpty() ? new TextPattern(List.of(), 1)
                : type instanceof ColumnType.FreeText ? ofProse(examples) : ofIdentifiers(examples);
    }

    /** Returns the pattern of identifiers like these; those of the most frequent length decide. Samples must not be empty. */
    static TextPattern ofIdentifiers(List<String> samples) {
        int[] lengths = new int[LONGEST + 1];
        int commonest = 1;
        for (String sample : samples) {
            int length = Math.max(1, Math.min(LONGEST, sample.length()));
            if (++lengths[length] > lengths[commonest]) {
                commonest = length;
            }
        }
        List<String> positions = new ArrayList<>();
        for (int i = 0; i < commonest; i++) {
            positions.add(charactersAt(samples, commonest, i));
        }
        return new TextPattern(positions, 0);
    }

    private static String charactersAt(List<String> samples, int length, int position) {
        BitSet seen = new BitSet();
        int examples = 0;
        for (String sample : samples) {
            if (sample.length() == length && sample.charAt(position) < 128) {
                seen.set(sample.charAt(position));
                examples++;
            }
        }
        if (seen.cardinality() == 0) {
            return UPPER + LOWER;
        }
        StringBuilder characters = new StringBuilder();
        seen.stream().forEach(character -> characters.append((char) character));
        if (characters.length() == 1) {
            return characters.toString();
        }
        if (examples >= SEEN_ENOUGH * characters.length()) {
            return characters.toString();
        }
        // the leading digit of a number is not extended to 0
        if (position == 0 && characters.charAt(0) != '0' && DIGITS.contains(characters.substring(0, 1))
                && DIGITS.indexOf(characters.charAt(characters.length() - 1)) > 0) {
            return characters.toString();
        }
        return CLASSES.stream().filter(known -> characters.chars().allMatch(c -> known.indexOf(c) >= 0)).findFirst()
                .orElse(characters.toString());
    }

    /** Returns the pattern of prose like this. Samples must not be empty. */
    static TextPattern ofProse(List<String> samples) {
        long words = 0;
        for (String sample : samples) {
            words += sample.split("\\s+").length;
        }
        return new TextPattern(List.of(), (int) Math.min(MAX_WORDS, Math.max(1, words / samples.size())));
    }

    /**
     * Returns how many distinct numbers the last positions can hold, at most 2<sup>62</sup>; the positions before them are
     * random.
     */
    public long size() {
        long size = 1;
        for (int i = positions.size() - 1; i >= 0 && size <= MOST / positions.get(i).length(); i--) {
            size *= positions.get(i).length();
        }
        return positions.isEmpty() ? MOST : size;
    }

    /** Returns the maximum number of bytes of a text. */
    int longest() {
        return positions.isEmpty() ? 2 * MAX_WORDS * (MAX_WORD + 1) : positions.size() + MAX_SUFFIX;
    }

    /**
     * Writes a text.
     *
     * @param number below {@link #size}; another number results in another text
     * @param cycle how often all numbers have been used up before; if above 0, it is appended, so that the text is still unique
     * @param word a random number
     * @return how many bytes were written
     */
    int write(long number, long cycle, long word, byte[] bytes, int at) {
        if (positions.isEmpty()) {
            return writeProse(word, bytes, at);
        }
        writeIdentifier(number, word, bytes, at);
        int length = positions.size();
        int digits = 0;
        for (long rest = cycle; rest != 0; rest = Long.divideUnsigned(rest, 10)) {
            digits++;
        }
        long rest = cycle;
        for (int i = digits - 1; i >= 0; i--) {
            bytes[at + length + i] = (byte) ('0' + Long.remainderUnsigned(rest, 10));
            rest = Long.divideUnsigned(rest, 10);
        }
        return length + digits;
    }

    private void writeIdentifier(long number, long word, byte[] bytes, int at) {
        long rest = number;
        long size = 1;
        long random = word;
        boolean full = false;
        for (int i = positions.size() - 1; i >= 0; i--) {
            String characters = positions.get(i);
            int choices = characters.length();
            full |= size > MOST / choices;
            int choice;
            if (full) {
                random = Permutation.mix(random + i);
                choice = (int) Long.remainderUnsigned(random, choices);
            } else {
                size *= choices;
                choice = (int) (rest % choices);
                rest /= choices;
            }
            bytes[at + i] = (byte) characters.charAt(choice);
        }
    }

    private int writeProse(long word, byte[] bytes, int at) {
        long random = Permutation.mix(word);
        int count = 1 + (int) Long.remainderUnsigned(random, 2L * words - 1);
        int end = at;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                bytes[end++] = ' ';
            }
            random = Permutation.mix(random + i + 1);
            end = writeWord(random, bytes, end);
        }
        return end - at;
    }

    private static int writeWord(long random, byte[] bytes, int at) {
        int length = 2 + (int) (random & 7);
        long rest = random >>> 3;
        for (int i = 0; i < length; i++) {
            String letters = (i & 1) == 0 ? CONSONANTS : VOWELS;
            bytes[at + i] = (byte) letters.charAt((int) (rest & 15) % letters.length());
            rest >>>= 4;
        }
        return at + length;
    }
}
