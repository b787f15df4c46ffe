package io.freshet.model.meaning;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A run of characters, each from its own alphabet.
 *
 * @param alphabets for each position the allowed characters, without duplicates
 */
record LettersPart(List<String> alphabets) implements CountedPart {

    private static final long MOST = 1L << 60;
    private static final List<String> CLASSES = List.of("0123456789", "0123456789abcdef", "0123456789ABCDEF",
            "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            "abcdefghijklmnopqrstuvwxyz0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    LettersPart {
        alphabets = List.copyOf(alphabets);
        if (alphabets.isEmpty() || alphabets.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a place without characters");
        }
    }

    /** Returns at most 2<sup>60</sup>. Positions are counted from the right, and those beyond that limit are not counted. */
    @Override
    public long size() {
        long size = 1;
        for (int i = alphabets.size() - 1; i >= 0 && size <= MOST / alphabets.get(i).length(); i--) {
            size *= alphabets.get(i).length();
        }
        return size;
    }

    private int firstCounted() {
        long size = 1;
        int i = alphabets.size() - 1;
        while (i >= 0 && size <= MOST / alphabets.get(i).length()) {
            size *= alphabets.get(i--).length();
        }
        return i + 1;
    }

    @Override
    public void write(RowTexts row, StringBuilder out) {
        for (String alphabet : alphabets) {
            out.append(alphabet.charAt((int) row.below(alphabet.length())));
        }
    }

    @Override
    public void write(long number, StringBuilder out) {
        int at = out.length();
        out.setLength(at + alphabets.size());
        long rest = number;
        int counted = firstCounted();
        for (int i = alphabets.size() - 1; i >= 0; i--) {
            String alphabet = alphabets.get(i);
            // positions that are not counted still vary: they are derived from the number
            long choice = i >= counted ? rest % alphabet.length()
                    : Long.remainderUnsigned(io.freshet.stats.Permutation.mix(number + i), alphabet.length());
            rest = i >= counted ? rest / alphabet.length() : rest;
            out.setCharAt(at + i, alphabet.charAt((int) choice));
        }
    }

    @Override
    public void writeLonger(long number, long cycle, StringBuilder out) {
        write(number, out);
        String alphabet = alphabets.get(alphabets.size() - 1);
        for (long rest = cycle; rest > 0; rest = (rest - 1) / alphabet.length()) {
            out.append(alphabet.charAt((int) ((rest - 1) % alphabet.length())));
        }
    }

    @Override
    public long numberOf(String text) {
        if (text.length() != alphabets.size()) {
            return -1;
        }
        long number = 0;
        int counted = firstCounted();
        for (int i = 0; i < text.length(); i++) {
            int choice = alphabets.get(i).indexOf(text.charAt(i));
            if (choice < 0) {
                return -1;
            }
            number = i >= counted ? number * alphabets.get(i).length() + choice : number;
        }
        return number;
    }

    /** Widens each position to the smallest character class that contains the characters seen there. */
    @Override
    public @Nullable CountedPart widened() {
        List<String> wider = new ArrayList<>();
        for (String alphabet : alphabets) {
            wider.add(alphabet.length() == 1 && alphabets.size() > 1 ? alphabet : wider(alphabet));
        }
        return wider.equals(alphabets) ? null : new LettersPart(wider);
    }

    static String wider(String alphabet) {
        return CLASSES.stream().filter(known -> alphabet.chars().allMatch(c -> known.indexOf(c) >= 0)).findFirst()
                .orElse(alphabet);
    }
}
