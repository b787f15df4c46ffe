package io.freshet.codec;

import java.nio.charset.StandardCharsets;

import io.freshet.table.DateTimeFormat;
import io.freshet.table.DateTimePrinter;

/** Writes ticks as the dates of one format, in the quotes of one dialect. */
sealed interface DateText permits DateText.Plain, DateText.Escaped {

    /** How many bytes a date takes at the most, with what it spills. */
    int widest();

    /** Writes a date; returns the position behind it. */
    int write(long ticks, byte[] bytes, int at);

    static DateText of(DateTimeFormat format, Dialect dialect) {
        String sample = format.print(0);
        String quoted = dialect.text(sample);
        String quote = quoted.startsWith("\"") ? "\"" : "";
        if (!quoted.equals(quote + sample + quote)) {
            return new Escaped(format, dialect);
        }
        return new Plain(format.printer(), quote);
    }

    /** Field by field, whatever the format. */
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

    /** For formats whose own texts must be escaped. */
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
