package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import io.freshet.table.TextDictionary;

/** The text of each value of a dictionary in a row, including the fixed text before it. */
interface DictionaryText {

    /** Returns the whole text of a value. */
    String whole(int code);

    /** Returns the maximum number of bytes that writing a value touches, including the overrun. */
    long widest(int code);

    /**
     * Writes a value.
     *
     * @return the position after it
     */
    int write(int code, byte[] bytes, int at);

    /** Writes texts directly from the dictionary, so that they need no memory of their own. */
    record OfTexts(String before, String missing, TextDictionary dictionary, Dialect dialect,
            ByteFragment piece) implements DictionaryText {

        OfTexts(String before, String missing, TextDictionary dictionary, Dialect dialect) {
            this(before, missing, dictionary, dialect, ByteFragment.of(before));
        }

        @Override
        public String whole(int code) {
            return before + (code == dictionary.size() ? missing : dialect.text(dictionary.text(code)));
        }

        @Override
        public long widest(int code) {
            return piece.length()
                    + Dialect.widest(code == dictionary.size() ? missing.length() : dictionary.text(code).length());
        }

        @Override
        public int write(int code, byte[] bytes, int at) {
            int next = piece.write(bytes, at);
            return code == dictionary.size() ? Digits.ascii(bytes, next, missing)
                    : dialect.writeText(dictionary.text(code), bytes, next);
        }
    }

    /** Writes values that are few or short: booleans, constants, numbers and dates. It caches the bytes of the first codes. */
    final class OfValues implements DictionaryText {

        private static final int MAX_KEPT = 1 << 12;

        private final IntFunction<String> values;
        private final byte[] @Nullable [] kept;

        OfValues(int size, IntFunction<String> values) {
            this.values = values;
            this.kept = new byte[Math.min(size + 1, MAX_KEPT)][];
        }

        @Override
        public String whole(int code) {
            return values.apply(code);
        }

        private byte[] bytes(int code) {
            byte @Nullable [] known = code < kept.length ? kept[code] : null;
            if (known != null) {
                return known;
            }
            byte[] bytes = values.apply(code).getBytes(StandardCharsets.UTF_8);
            if (code < kept.length) {
                kept[code] = bytes;
            }
            return bytes;
        }

        @Override
        public long widest(int code) {
            return bytes(code).length;
        }

        @Override
        public int write(int code, byte[] to, int at) {
            byte[] bytes = bytes(code);
            System.arraycopy(bytes, 0, to, at, bytes.length);
            return at + bytes.length;
        }
    }
}
