package io.freshet.codec;

/** Writes characters as UTF-8. A lone surrogate becomes a question mark, as {@link String#getBytes} does. */
final class Utf8 {

    private Utf8() {
    }

    /**
     * Writes some characters of a text, at most three bytes each.
     *
     * @return the position after them
     */
    static int write(String text, int from, int end, byte[] to, int at) {
        int next = at;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                to[next++] = (byte) c;
            } else if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                next = write(Character.toCodePoint(c, text.charAt(++i)), to, next);
            } else {
                next = write(c, to, next);
            }
        }
        return next;
    }

    /**
     * Writes a code point of 0x80 or above.
     *
     * @return the position after it
     */
    static int write(int codePoint, byte[] to, int at) {
        int next = at;
        if (codePoint < 0x800) {
            to[next++] = (byte) (0xC0 | codePoint >> 6);
        } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            to[next] = '?';
            return next + 1;
        } else {
            if (codePoint < 0x10000) {
                to[next++] = (byte) (0xE0 | codePoint >> 12);
            } else {
                to[next++] = (byte) (0xF0 | codePoint >> 18);
                to[next++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            }
            to[next++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        }
        to[next] = (byte) (0x80 | codePoint & 0x3F);
        return next + 1;
    }
}
