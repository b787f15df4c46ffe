package io.freshet.table;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Declares by name how a table is written. What is not declared is detected. */
public final class ReadSettings {

    /** The names of all settings. */
    public static final List<String> NAMES = List.of("separator", "header", "quote", "comment", "escape", "skip", "decimal",
            "charset");
    private static final Map<String, String> SEPARATOR_NAMES = Map.of("tab", "\t", "\\t", "\t", "comma", ",", "semicolon", ";",
            "pipe", "|", "space", " ");
    private static final String NO_QUOTE = "none";

    /** A setting that is unknown or has an invalid value. */
    public static final class InvalidException extends TableException {

        private static final long serialVersionUID = 1;

        private final String setting;

        InvalidException(String setting, String message) {
            super(message);
            this.setting = setting;
        }

        public String setting() {
            return setting;
        }
    }

    private final Map<String, String> values;

    private ReadSettings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Returns options with these settings.
     *
     * @param values the value of each setting, by its name
     * @throws InvalidException if a setting is unknown, or its value is not valid
     */
    public static ReadOptions apply(Map<String, String> values, ReadOptions base) {
        values.keySet().stream().filter(name -> !NAMES.contains(name)).findFirst().ifPresent(name -> {
            throw new InvalidException(name, "unknown setting " + name + "; expected one of " + String.join(", ", NAMES));
        });
        ReadSettings settings = new ReadSettings(Map.copyOf(values));
        return settings.withCharset(settings.withDecimal(base.withCsv(settings.layout())));
    }

    private ReadOptions withCharset(ReadOptions options) {
        String charset = values.get("charset");
        try {
            return charset == null ? options : options.withCharset(Charset.forName(charset));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new InvalidException("charset", "charset " + charset + " is not supported");
        }
    }

    private ReadOptions withDecimal(ReadOptions options) {
        Character mark = character("decimal", values.get("decimal"));
        try {
            return mark == null ? options : options.withNumbers(options.numbers().withDecimal(mark));
        } catch (TableException e) {
            throw new InvalidException("decimal", String.valueOf(e.getMessage()));
        }
    }

    private CsvOptions layout() {
        String separator = values.get("separator");
        Character quote = NO_QUOTE.equals(values.get("quote")) ? Character.valueOf(CsvOptions.NO_QUOTE)
                : character("quote", values.get("quote"));
        int skip = skip();
        try {
            return new CsvOptions(
                    character("separator", separator == null ? null : SEPARATOR_NAMES.getOrDefault(separator, separator)),
                    header(), quote, character("comment", values.get("comment")), skip,
                    character("escape", values.get("escape")));
        } catch (TableException e) {
            throw e instanceof InvalidException known ? known
                    : new InvalidException(skip < 0 ? "skip" : "separator", String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Boolean header() {
        String header = values.get("header");
        if (header != null && !header.equals("true") && !header.equals("false")) {
            throw new InvalidException("header", "header must be true or false, not \"" + header + "\"");
        }
        return header == null ? null : Boolean.valueOf(header);
    }

    private int skip() {
        String skip = values.getOrDefault("skip", "0");
        try {
            return Integer.parseInt(skip);
        } catch (NumberFormatException e) {
            throw new InvalidException("skip", "skip must be a number of lines, not \"" + skip + "\"");
        }
    }

    private static @Nullable Character character(String setting, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            throw new InvalidException(setting, setting + " must be one character, not \"" + text + "\"");
        }
        return text.charAt(0);
    }
}
