package io.freshet.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A short text that is written into JSON often, such as an id or a field name with its surrounding punctuation. It is held
 * as eight-byte words, so that writing it takes a few moves. A write may overrun the end of the text by up to eight bytes.
 * Immutable.
 */
public final class Ascii {

    static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int length;
    private final long first;
    private final long second;
    private final long third;
    private final byte[] rest;

    private Ascii(byte[] from, int start, int length) {
        byte[] padded = Arrays.copyOf(Arrays.copyOfRange(from, start, start + length), Math.max(24, length));
        this.length = length;
        this.first = (long) WORD.get(padded, 0);
        this.second = (long) WORD.get(padded, 8);
        this.third = (long) WORD.get(padded, 16);
        this.rest = length > 24 ? Arrays.copyOfRange(padded, 24, length) : new byte[0];
    }

    /** Holds the UTF-8 bytes of a text. The text is written as it is; the caller makes sure that it needs no escaping. */
    public static Ascii of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Ascii(bytes, 0, bytes.length);
    }

    /** Copies a range of bytes. */
    public static Ascii of(byte[] bytes, int start, int length) {
        return new Ascii(bytes, start, length);
    }

    public int length() {
        return length;
    }

    /**
     * Writes the bytes.
     *
     * @return the position after the last byte
     */
    int write(byte[] bytes, int at) {
        WORD.set(bytes, at, first);
        if (length > 8) {
            WORD.set(bytes, at + 8, second);
            WORD.set(bytes, at + 16, third);
            if (rest.length > 0) {
                System.arraycopy(rest, 0, bytes, at + 24, rest.length);
            }
        }
        return at + length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ascii text && length == text.length && first == text.first && second == text.second
                && third == text.third && Arrays.equals(rest, text.rest);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first * 31 * 31 + second * 31 + third) * 31 + Arrays.hashCode(rest);
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[Math.max(24, length) + 8];
        write(bytes, 0);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
