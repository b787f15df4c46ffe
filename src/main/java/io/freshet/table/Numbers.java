package io.freshet.table;

import java.util.regex.Pattern;

/** Decimal numbers as texts: an optional minus sign, digits, a point, an exponent; no leading zeros, no plus sign. */
final class Numbers {

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private Numbers() {
    }

    static boolean isNumber(String text) {
        int length = text.length();
        int i = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        int start = i;
        i = digitsFrom(text, i);
        int whole = i - start;
        if (whole > 1 && text.charAt(start) == '0') {
            return false;
        }
        int fraction = 0;
        if (i < length && text.charAt(i) == '.') {
            int point = i;
            i = digitsFrom(text, i + 1);
            fraction = i - point - 1;
        }
        if (whole + fraction == 0) {
            return false;
        }
        if (i < length && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i++;
            if (i < length && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
                i++;
            }
            int exponent = i;
            i = digitsFrom(text, i);
            if (i == exponent) {
                return false;
            }
        }
        return i == length && isFinite(text);
    }

    /** Whether JSON would take it as a number as it stands. */
    static boolean isJsonNumber(String text) {
        return JSON_NUMBER.matcher(text).matches();
    }

    private static int digitsFrom(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    static boolean isFinite(String text) {
        try {
            return text.length() < 18 && text.indexOf('e') < 0 && text.indexOf('E') < 0 && text.indexOf('N') < 0
                    && text.indexOf('I') < 0 || Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whether it is a number without point or exponent that fits in 62 bits. */
    static boolean isInteger(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int digits = digitsFrom(text, start) - start;
        return digits > 0 && digits <= 18 && start + digits == text.length() && (digits == 1 || text.charAt(start) != '0');
    }

    /** Whether it says infinity or not-a-number, however spelled: no value that a model could use. */
    static boolean isNonFinite(String text) {
        String bare = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        return bare.equalsIgnoreCase("nan") || bare.equalsIgnoreCase("inf") || bare.equalsIgnoreCase("infinity");
    }

    /** Digits after the point of a number; 99, more than any decimal may have, if it has an exponent. */
    static int digits(String number) {
        if (number.indexOf('e') >= 0 || number.indexOf('E') >= 0) {
            return 99;
        }
        int point = number.indexOf('.');
        return point < 0 ? 0 : number.length() - point - 1;
    }
}
