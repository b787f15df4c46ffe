package io.freshet.table;

import java.math.BigDecimal;
import java.util.Set;

/**
 * How a column writes its numbers: {@code $1,234.50}, {@code 12,5 %}, {@code (9.806)}. Immutable.
 *
 * @param prefix the text before the digits, such as a currency sign; may be empty
 * @param suffix the text after the digits, such as a unit; may be empty
 * @param decimal the decimal mark: a point or a comma
 * @param grouping the separator of thousands; empty if there is none
 * @param negative how negative numbers are written
 */
public record NumberFormat(String prefix, String suffix, char decimal, String grouping, Negative negative) {

    /** How a negative number is marked. */
    public enum Negative {
        /** {@code -$5} */
        MINUS_FIRST,
        /** {@code $-5} */
        MINUS_AFTER_PREFIX,
        /** {@code ($5)} */
        BRACKETS
    }

    private static final Set<String> GROUPINGS = Set.of("", ",", ".", " ", "'", "\u2019", "\u00A0", "\u202F");
    private static final int GROUP = 3;

    public NumberFormat {
        if (decimal != '.' && decimal != ',') {
            throw new IllegalArgumentException("the decimal mark must be a point or a comma, not " + decimal);
        }
        if (!GROUPINGS.contains(grouping) || grouping.equals(String.valueOf(decimal))) {
            throw new IllegalArgumentException("thousands cannot be separated by \"" + grouping + "\"");
        }
    }

    /** Returns whether numbers are written as in JSON. */
    public boolean isPlain() {
        return prefix.isEmpty() && suffix.isEmpty() && decimal == '.' && grouping.isEmpty() && negative != Negative.BRACKETS;
    }

    /** Returns the text of {@code value} · 10<sup>−digits</sup>. */
    public String print(long value, int digits) {
        String plain = BigDecimal.valueOf(value, digits).abs().toPlainString();
        int point = plain.indexOf('.');
        StringBuilder text = new StringBuilder(point < 0 ? plain : plain.substring(0, point));
        for (int at = text.length() - GROUP; at > 0 && !grouping.isEmpty(); at -= GROUP) {
            text.insert(at, grouping);
        }
        if (point >= 0) {
            text.append(decimal).append(plain, point + 1, plain.length());
        }
        return signed(text, value < 0);
    }

    private String signed(StringBuilder digits, boolean isNegative) {
        if (!isNegative) {
            return prefix + digits + suffix;
        }
        return switch (negative) {
            case MINUS_FIRST -> "-" + prefix + digits + suffix;
            case MINUS_AFTER_PREFIX -> prefix + "-" + digits + suffix;
            case BRACKETS -> "(" + prefix + digits + suffix + ")";
        };
    }

    /**
     * Returns the number of a text as JSON writes it; empty if the text is not in this format. The sign may be at any place,
     * and thousands need not be separated.
     */
    String plain(String text) {
        NumberParts parts = NumberParts.of(text);
        if (parts == null || !parts.prefix().equals(prefix) || !parts.suffix().equals(suffix)) {
            return "";
        }
        String digits = parts.digits(decimal, grouping);
        return digits.isEmpty() ? "" : (parts.negative() == null ? "" : "-") + digits;
    }
}
