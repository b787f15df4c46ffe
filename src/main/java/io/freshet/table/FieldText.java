package io.freshet.table;

import java.nio.charset.StandardCharsets;

/** The text of one field while it is read, as UTF-8 in a buffer that is reused for the next field. Not thread-safe. */
final class FieldText {

    private byte[] bytes = new byte[128];
    private int length;

    /** Sets the text to these characters; half a surrogate pair becomes a question mark. */
    void set(char[] chars, int from, int count) {
        if (bytes.length < 3 * count) {
            bytes = new byte[Math.max(3 * count, 2 * bytes.length)];
        }
        int i = 0;
        while (i < count && chars[from + i] < 0x80) {
            bytes[i] = (byte) chars[from + i];
            i++;
        }
        length = i;
        for (; i < count; i++) {
            char c = chars[from + i];
            boolean pair = Character.isHighSurrogate(c) && i + 1 < count && Character.isLowSurrogate(chars[from + i + 1]);
            append(pair ? Character.toCodePoint(c, chars[from + ++i]) : Character.isSurrogate(c) ? '?' : c);
        }
    }

    /** Sets the text to these characters without white space at both ends. */
    void setStripped(char[] chars, int from, int count) {
        int start = from;
        int end = from + count;
        while (start < end && Character.isWhitespace(chars[start])) {
            start++;
        }
        while (start < end && Character.isWhitespace(chars[end - 1])) {
            end--;
        }
        set(chars, start, end - start);
    }

    void set(String text) {
        set(text.toCharArray(), 0, text.length());
    }

    /** Takes the first bytes of an array, which are UTF-8. */
    void set(byte[] utf8, int count) {
        if (bytes.length < count) {
            bytes = new byte[Math.max(count, 2 * bytes.length)];
        }
        System.arraycopy(utf8, 0, bytes, 0, count);
        length = count;
    }

    private void append(int codePoint) {
        if (codePoint < 0x80) {
            bytes[length++] = (byte) codePoint;
            return;
        }
        if (codePoint < 0x800) {
            bytes[length++] = (byte) (0xC0 | codePoint >> 6);
        } else {
            if (codePoint < 0x10000) {
                bytes[length++] = (byte) (0xE0 | codePoint >> 12);
            } else {
                bytes[length++] = (byte) (0xF0 | codePoint >> 18);
                bytes[length++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            }
            bytes[length++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        }
        bytes[length++] = (byte) (0x80 | codePoint & 0x3F);
    }

    /** Returns the live array; the text is its first {@link #length()} bytes. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns a hash that does not depend on zeros at the end of a decimal number, which only some formats write. */
    long hash() {
        int end = significant();
        long hash = end;
        for (int i = 0; i < end; i++) {
            hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
        }
        return hash;
    }

    /** Returns the length without zeros at the end of a decimal number, and without the point if only zeros follow it. */
    private int significant() {
        if (length < 2 || bytes[length - 1] != '0') {
            return length;
        }
        int end = length;
        while (end > 0 && bytes[end - 1] == '0') {
            end--;
        }
        int point = end;
        while (point > 0 && bytes[point - 1] >= '0' && bytes[point - 1] <= '9') {
            point--;
        }
        if (point == 0 || bytes[point - 1] != '.') {
            return length;
        }
        return point == end ? end - 1 : end;
    }

    int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
