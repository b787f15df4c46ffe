package io.freshet.codec;

import java.nio.charset.StandardCharsets;

import io.freshet.table.DateTimeFormat;
import io.freshet.table.DateTimePrinter;

/** Writes ticks as dates of one format, quoted for one dialect. */
sealed interface DateText permits DateText.Plain, DateText.Escaped {

    /** Returns the maximum number of bytes that writing a date touches, including the overrun. */
    int widest();

    /**
     * Writes a date.
     *
     * @return the position after it
     */
    int write(long ticks, byte[] bytes, int at);

    static DateText of(DateTimeFormat format, Dialect dialect) {
        String sample = format.print(0);
        if (format.isEpoch()) {
            return new Plain(format.printer(), "");
        }
        String quoted = dialect.text(sample);
        String quote = quoted.startsWith("\"") ? "\"" : "";
        if (!quoted.equals(quote + sample + quote)) {
            return new Escaped(format, dialect);
        }
        return new Plain(format.printer(), quote);
    }

    /** Writes dates of any format field by field. */
    record Plain(DateTimePrinter printer, String quote) implements DateText {

        @Override
        public int widest() {
            return printer.widest() + 2;
        }

        @Override
        public int write(long ticks, byte[] bytes, int at) {
            bytes[at] = '"';
            int end = printer.write(ticks, bytes, at + quote.length());
            bytes[end] = '"';
            return end + quote.length();
        }
    }

    /** Writes dates of formats whose literal texts must be escaped. */
    record Escaped(DateTimeFormat format, Dialect dialect) implements DateText {

        @Override
        public int widest() {
            return Math.toIntExact(Dialect.widest(format.printer().widest()));
        }

        @Override
        public int write(long ticks, byte[] bytes, int at) {
            byte[] text = dialect.text(format.print(ticks)).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(text, 0, bytes, at, text.length);
            return at + text.length;
        }
    }
}
