package io.freshet.model.meaning;

import org.jspecify.annotations.Nullable;

/**
 * A run of digits.
 *
 * @param low the smallest number
 * @param high the largest number
 * @param width the number of digits, padded with leading zeros; 0 for no padding
 * @param limit the largest number that the part may ever grow to, such as 255
 */
record NumberPart(long low, long high, int width, long limit) implements CountedPart {

    private static final int MAX_DIGITS = 18;

    NumberPart {
        if (low < 0 || high < low || width < 0 || width > MAX_DIGITS || limit < high) {
            throw new IllegalArgumentException("a number from " + low + " to " + high + " of " + width + " digits");
        }
    }

    @Override
    public long size() {
        return high - low + 1;
    }

    @Override
    public void write(long number, StringBuilder out) {
        append(low + number, width, out);
    }

    private static void append(long number, int width, StringBuilder out) {
        for (int digits = digits(number); digits < width; digits++) {
            out.append('0');
        }
        out.append(number);
    }

    static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    @Override
    public void writeLonger(long number, long cycle, StringBuilder out) {
        out.append(cycle);
        append(low + number, Math.max(width, digits(high)), out);
    }

    @Override
    public long numberOf(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS || width > 0 && text.length() != width
                || width == 0 && text.length() > 1 && text.charAt(0) == '0') {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number < low || number > high ? -1 : number - low;
    }

    /** Widens first to all numbers with the same number of digits, then to one digit more. */
    @Override
    public @Nullable CountedPart widened() {
        int digits = width > 0 ? width : digits(high);
        long all = Math.min(limit, power(digits) - 1);
        long min = width > 0 && low >= power(width - 1) ? power(width - 1) : Math.min(low, 1);
        if (min < low || all > high) {
            return new NumberPart(min, all, width, limit);
        }
        if (width > 0 || digits >= MAX_DIGITS - 1 || high >= limit) {
            return null;
        }
        return new NumberPart(low, Math.min(limit, power(digits + 1) - 1), 0, limit);
    }

    static long power(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }
}
