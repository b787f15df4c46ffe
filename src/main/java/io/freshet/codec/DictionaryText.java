package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import io.freshet.table.TextDictionary;

/** The values of a dictionary as they stand in a row, with what stands before them. */
interface DictionaryText {

    /** The whole text of a value. */
    String whole(int code);

    /** How many bytes a value takes at the most, with what it spills. */
    long widest(int code);

    /** Writes a value; returns the position behind it. */
    int write(int code, byte[] bytes, int at);

    /** Texts, written from the dictionary itself: they cost no memory of their own. */
    record OfTexts(String before, String missing, TextDictionary dictionary, Dialect dialect,
            Piece piece) implements DictionaryText {

        OfTexts(String before, String missing, TextDictionary dictionary, Dialect dialect) {
            this(before, missing, dictionary, dialect, Piece.of(before));
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

    /** Values that are few or short: booleans, constants, numbers, dates. Long ones are kept as bytes. */
    final class OfValues implements DictionaryText {

        private static final int MOST_KEPT = 1 << 12;

        private final IntFunction<String> values;
        private final byte[] @Nullable [] kept;

        OfValues(int size, IntFunction<String> values) {
            this.values = values;
            this.kept = new byte[Math.min(size + 1, MOST_KEPT)][];
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
