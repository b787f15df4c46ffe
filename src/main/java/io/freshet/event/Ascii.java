package io.freshet.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A short text that is written into JSON often: an id, a field name with what stands around it. Kept as eight-byte words, so
 * that writing it is a few moves, which may spill up to eight bytes beyond its end. Immutable.
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

    /** The UTF-8 bytes of a text. The caller sees to it that they may stand where they are written. */
    public static Ascii of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Ascii(bytes, 0, bytes.length);
    }

    /** A copy of some bytes. */
    public static Ascii of(byte[] bytes, int start, int length) {
        return new Ascii(bytes, start, length);
    }

    public int length() {
        return length;
    }

    /** Writes the bytes; returns the position behind them. */
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
