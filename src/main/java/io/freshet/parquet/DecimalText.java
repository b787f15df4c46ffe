package io.freshet.parquet;

import java.nio.charset.StandardCharsets;

/**
 * Writes numbers as the shortest decimals that read back as the same number, with at least one digit after the point for
 * floating-point numbers. Reusable; not thread-safe.
 */
final class DecimalText {

    private static final int MAX_DIGITS = 15;
    /** Integers below this are exact in a double. */
    private static final double EXACT = 1L << 53;
    private static final double[] POWERS = new double[MAX_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i <= MAX_DIGITS; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    /**
     * Writes an integer from the first byte on.
     *
     * @param into has room for 32 bytes
     * @return the number of bytes
     */
    int write(long value, byte[] into) {
        if (value == Long.MIN_VALUE) {
            return copy(Long.toString(value), into);
        }
        int at = 0;
        long rest = Math.abs(value);
        if (value < 0) {
            into[at++] = '-';
        }
        int digits = 1;
        for (long n = rest; n >= 10; n /= 10) {
            digits++;
        }
        for (int i = at + digits - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }

    /** Writes a finite number from the first byte on and returns the number of bytes. */
    int write(double value, byte[] into) {
        for (int digits = 1; digits <= MAX_DIGITS; digits++) {
            double scaled = Math.rint(value * POWERS[digits]);
            if (Math.abs(scaled) >= EXACT) {
                break;
            }
            if (scaled / POWERS[digits] == value) {
                return write((long) scaled, digits, value, into);
            }
        }
        return copy(Double.toString(value), into);
    }

    /** Writes a finite number from the first byte on and returns the number of bytes. */
    int write(float value, byte[] into) {
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            double scaled = Math.rint(value * POWERS[digits]);
            if (Math.abs(scaled) >= EXACT) {
                break;
            }
            if ((float) (scaled / POWERS[digits]) == value) {
                return write((long) scaled, digits, value, into);
            }
        }
        return copy(Float.toString(value), into);
    }

    private int write(long scaled, int digits, double value, byte[] into) {
        int at = 0;
        if (value < 0 || value == 0 && 1 / value < 0) {
            into[at++] = '-';
        }
        String text = Long.toString(Math.abs(scaled));
        String padded = text.length() > digits ? text : "0".repeat(digits + 1 - text.length()) + text;
        int point = padded.length() - digits;
        for (int i = 0; i < padded.length(); i++) {
            if (i == point) {
                into[at++] = '.';
            }
            into[at++] = (byte) padded.charAt(i);
        }
        return at;
    }

    private static int copy(String text, byte[] into) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, into, 0, ascii.length);
        return ascii.length;
    }
}
