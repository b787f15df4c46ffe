package io.freshet.table;

import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.freshet.table.NumberFormat.Negative;

/**
 * The parts of a written number: a sign, a currency before it, digits with their marks, and a unit after it.
 *
 * @param negative how the text marks the number as negative; null if it is not negative
 */
record NumberParts(String prefix, String core, String suffix, @Nullable Negative negative) {

    private static final int LONGEST = 48;
    private static final String SPACE = "[ \u00A0\u202F]?";
    private static final Pattern PARTS = Pattern.compile("(?<open>\\()?(?<minus>-)?"
            + "(?<prefix>(?:[A-Z]{1,2})?\\p{Sc}" + SPACE + "|(?<code>[A-Z]{3})" + SPACE + ")?(?<inner>-)?"
            + "(?<core>\\d[\\d.,'\u2019 \u00A0\u202F]*(?<=\\d))"
            + "(?<suffix>" + SPACE
            + "(?:[%\u2030\u00B0\\p{Sc}]|[\\p{L}\u00B0\u00B5][\\p{L}/\u00B2\u00B30-9]{0,7}))?(?<close>\\))?");

    /** Returns the parts of a text; null if it is not a number with a sign, a currency or a unit. */
    static @Nullable NumberParts of(String text) {
        Matcher parts = PARTS.matcher(text);
        if (text.length() > LONGEST || !parts.matches() || !isCurrency(parts.group("code"))) {
            return null;
        }
        boolean brackets = parts.group("open") != null;
        boolean minus = parts.group("minus") != null;
        boolean inner = parts.group("inner") != null;
        if (brackets != (parts.group("close") != null) || (brackets ? 1 : 0) + (minus ? 1 : 0) + (inner ? 1 : 0) > 1) {
            return null;
        }
        Negative negative = brackets ? Negative.BRACKETS
                : minus ? Negative.MINUS_FIRST : inner ? Negative.MINUS_AFTER_PREFIX : null;
        return new NumberParts(orEmpty(parts.group("prefix")), parts.group("core"), orEmpty(parts.group("suffix")), negative);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static boolean isCurrency(@Nullable String code) {
        try {
            return code == null || Currency.getInstance(code) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns whether this text separates thousands. */
    boolean isGrouped(String grouping) {
        return !grouping.isEmpty() && core.contains(grouping);
    }

    /** Returns how many digits follow the decimal mark. */
    int fraction(char decimal) {
        int mark = core.lastIndexOf(decimal);
        return mark < 0 ? 0 : core.length() - mark - 1;
    }

    /** Returns the digits with a decimal point and no separators; empty if they are not written with these marks. */
    String digits(char decimal, String grouping) {
        int mark = core.indexOf(decimal);
        String whole = mark < 0 ? core : core.substring(0, mark);
        String fraction = mark < 0 ? "" : core.substring(mark + 1);
        String joined = whole;
        if (isGrouped(grouping)) {
            String[] groups = whole.split(Pattern.quote(grouping), -1);
            for (int i = 0; i < groups.length; i++) {
                if (i > 0 && groups[i].length() != 3 || i == 0 && (groups[i].length() > 3 || groups[i].startsWith("0"))) {
                    return "";
                }
            }
            joined = String.join("", groups);
        }
        return isDigits(joined) && (mark < 0 || isDigits(fraction)) ? joined + (mark < 0 ? "" : "." + fraction) : "";
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
