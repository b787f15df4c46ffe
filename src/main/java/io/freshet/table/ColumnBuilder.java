package io.freshet.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Collects one column while a table is read: counts of each distinct text over all rows, and the texts of the sampled rows as
 * codes.
 * A column of too many distinct texts keeps numbers where all are numbers, else only some texts, as examples of their pattern.
 */
final class ColumnBuilder {

    /** What a JSON input said a value is; CSV says nothing. */
    enum Kind {
        UNTYPED,
        STRING,
        NUMBER,
        BOOLEAN
    }

    static final int MOST_DISTINCT = 100_000;
    static final int EXAMPLES = 2_000;
    private static final int ABSENT = 0;

    private final String name;
    private @Nullable Map<String, Integer> codes = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private long[] counts = new long[16];
    private int[] sampled = new int[16];
    private double @Nullable [] numbers;
    private int digits;
    private boolean integers = true;
    private long values;
    private boolean strings;
    private boolean typed;
    private long characters;
    private long words;

    ColumnBuilder(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /**
     * Takes the value of one row.
     *
     * @param slot where the row goes in the sample, or -1 if it is not kept
     */
    void put(int slot, String text, Kind kind) {
        if (kind == Kind.NUMBER && !Numbers.isFinite(text)) {
            return;
        }
        values++;
        strings |= kind == Kind.STRING;
        typed |= kind != Kind.UNTYPED;
        characters += text.length();
        if (numbers != null && putNumber(slot, text)) {
            return;
        }
        int code = code(text);
        if (slot >= 0) {
            grow(slot);
            sampled[slot] = code + 1;
        }
    }

    /** Forgets the row that was in this slot before. */
    void clear(int slot) {
        if (slot < sampled.length) {
            sampled[slot] = ABSENT;
        }
        if (numbers != null && slot < numbers.length) {
            numbers[slot] = Double.NaN;
        }
    }

    private int code(String text) {
        Map<String, Integer> known = codes;
        if (known == null) {
            return (int) (values % texts.size());
        }
        Integer code = known.get(text);
        if (code == null) {
            if (texts.size() == MOST_DISTINCT) {
                becomeWide();
                return code(text);
            }
            code = texts.size();
            texts.add(text);
            known.put(text, code);
            words += 1 + text.chars().filter(c -> c == ' ').count();
            if (code == counts.length) {
                counts = Arrays.copyOf(counts, code * 2);
            }
        }
        counts[code]++;
        return code;
    }

    private void grow(int slot) {
        if (slot >= sampled.length) {
            sampled = Arrays.copyOf(sampled, Math.max(slot + 1, sampled.length * 2));
        }
    }

    private void becomeWide() {
        codes = null;
        boolean numeric = !(typed && strings) && texts.stream().allMatch(Numbers::isNumber);
        if (numeric) {
            double[] parsed = new double[texts.size()];
            for (int i = 0; i < parsed.length; i++) {
                parsed[i] = takeNumber(texts.get(i));
            }
            double[] all = new double[sampled.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = sampled[i] == ABSENT ? Double.NaN : parsed[sampled[i] - 1];
            }
            numbers = all;
            sampled = new int[0];
        }
    }

    private boolean putNumber(int slot, String text) {
        double[] all = numbers;
        if (all == null) {
            return false;
        }
        if (!Numbers.isNumber(text)) {
            throw new TableException("column " + name + " holds numbers in more than " + MOST_DISTINCT
                    + " rows and then \"" + shorten(text) + "\"; give it the type text, or say that this means missing");
        }
        double number = takeNumber(text);
        if (slot >= 0) {
            if (slot >= all.length) {
                int before = all.length;
                all = Arrays.copyOf(all, Math.max(slot + 1, before * 2));
                Arrays.fill(all, before, all.length, Double.NaN);
                numbers = all;
            }
            all[slot] = number;
        }
        return true;
    }

    private double takeNumber(String text) {
        digits = Math.max(digits, Numbers.digits(text));
        integers &= Numbers.isInteger(text);
        return Double.parseDouble(text);
    }

    static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** How many rows had a value. */
    long values() {
        return values;
    }

    /** The distinct texts; of a wide column, those met first. */
    List<String> texts() {
        return texts;
    }

    long count(int code) {
        return counts[code];
    }

    /** Whether there were too many distinct texts to keep. */
    boolean isWide() {
        return codes == null;
    }

    /** Whether the input is JSON and called some value a string. */
    boolean hasStrings() {
        return typed && strings;
    }

    /** The numbers of a wide column of numbers, by slot; NaN where there is none. */
    double @Nullable [] numbers() {
        return numbers;
    }

    int numberDigits() {
        return digits;
    }

    boolean numbersAreIntegers() {
        return integers;
    }

    double meanLength() {
        return values == 0 ? 0 : (double) characters / values;
    }

    double meanWords() {
        return texts.isEmpty() ? 0 : (double) words / texts.size();
    }

    /** The code of the text in a slot, or -1. */
    int sampledCode(int slot) {
        return slot < sampled.length ? sampled[slot] - 1 : -1;
    }
}
