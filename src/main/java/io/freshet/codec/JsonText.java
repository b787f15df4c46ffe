package io.freshet.codec;

import java.nio.charset.StandardCharsets;

/**
 * Writes texts as JSON strings in UTF-8 with as few escapes as possible. Texts that are given as UTF-8 are copied eight bytes
 * at a time while no byte needs an escape.
 */
final class JsonText {

    private static final long EVERY = 0x0101010101010101L;
    private static final long HIGH = EVERY << 7;
    private static final byte[][] ESCAPES = escapes();

    private JsonText() {
    }

    private static byte[][] escapes() {
        byte[][] escapes = new byte[128][];
        for (int c = 0; c < 0x20; c++) {
            escapes[c] = "\\u%04x".formatted(c).getBytes(StandardCharsets.US_ASCII);
        }
        String named = "\"\\\b\f\n\r\t";
        String names = "\"\\bfnrt";
        for (int i = 0; i < named.length(); i++) {
            escapes[named.charAt(i)] = new byte[] { '\\', (byte) names.charAt(i) };
        }
        return escapes;
    }

    /**
     * Writes a JSON string with its quotes from UTF-8. It may overrun the end by eight bytes.
     *
     * @return the position after it
     */
    static int write(byte[] from, int start, int end, byte[] to, int at) {
        int next = at;
        to[next++] = '"';
        int i = start;
        while (i < end) {
            if (i + 8 <= end) {
                long word = (long) Digits.WORD.get(from, i);
                if (!needsEscape(word)) {
                    Digits.WORD.set(to, next, word);
                    next += 8;
                    i += 8;
                    continue;
                }
            }
            int stop = Math.min(end, i + 8);
            while (i < stop) {
                next = write(from[i++], to, next);
            }
        }
        to[next++] = '"';
        return next;
    }

    /**
     * Writes a JSON string with its quotes.
     *
     * @return the position after it
     */
    static int write(String text, byte[] to, int at) {
        int next = at;
        to[next++] = '"';
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c < 0x80) {
                next = write((byte) c, to, next);
            } else {
                int end = i < text.length() && Character.isSurrogatePair(c, text.charAt(i)) ? i + 1 : i;
                next = Utf8.write(text, i - 1, end, to, next);
                i = end;
            }
        }
        to[next++] = '"';
        return next;
    }

    private static int write(byte b, byte[] to, int at) {
        byte[] escape = b < 0 ? null : ESCAPES[b];
        if (escape == null) {
            to[at] = b;
            return at + 1;
        }
        System.arraycopy(escape, 0, to, at, escape.length);
        return at + escape.length;
    }

    /** Returns a JSON string with its quotes. */
    static String quoted(String text) {
        byte[] bytes = new byte[Math.toIntExact(Dialect.widest(text.length()))];
        return new String(bytes, 0, write(text, bytes, 0), StandardCharsets.UTF_8);
    }

    /**
     * Returns whether one of eight bytes is a quote, a backslash or a control character. False positives are possible, false
     * negatives are not.
     */
    private static boolean needsEscape(long word) {
        long quote = word ^ EVERY * '"';
        long backslash = word ^ EVERY * '\\';
        long controls = word - EVERY * 0x20 & ~word;
        long quotes = quote - EVERY & ~quote;
        long backslashes = backslash - EVERY & ~backslash;
        return ((controls | quotes | backslashes) & HIGH) != 0;
    }

    /**
     * Returns whether a text is a JSON number without exponent: no leading zeros, no plus sign, digits on both sides of the
     * decimal point.
     */
    static boolean isNumber(byte[] text, int start, int end) {
        int i = start < end && text[start] == '-' ? start + 1 : start;
        int whole = digitsEnd(text, i, end);
        if (whole == i || whole > i + 1 && text[i] == '0') {
            return false;
        }
        if (whole == end) {
            return true;
        }
        return text[whole] == '.' && whole + 1 < end && digitsEnd(text, whole + 1, end) == end;
    }

    private static int digitsEnd(byte[] text, int start, int end) {
        int i = start;
        while (i < end && text[i] >= '0' && text[i] <= '9') {
            i++;
        }
        return i;
    }
}
