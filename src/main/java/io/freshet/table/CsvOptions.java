package io.freshet.table;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The layout of a CSV file as far as the user declares it. Everything else is detected.
 *
 * @param separator the character that separates fields; null to detect it
 * @param header whether the first record names the columns; null to detect it
 * @param quote the character that encloses fields; null for the double quote, {@link #NO_QUOTE} for none
 * @param comment the character with which comment lines begin; null to detect it
 * @param skippedLines how many lines at the beginning are ignored
 * @param escape what a quote within quotes is written after, such as a backslash; null if it is doubled
 */
public record CsvOptions(@Nullable Character separator, @Nullable Boolean header, @Nullable Character quote,
        @Nullable Character comment, int skippedLines, @Nullable Character escape) {

    /** A quote character that no text contains. */
    public static final char NO_QUOTE = '\uFFFF';

    public CsvOptions {
        if (skippedLines < 0) {
            throw new TableException("the number of lines to skip cannot be negative: " + skippedLines);
        }
        if (escape != null && (escape.equals(separator) || escape.equals(quoteOr(quote, '"')))) {
            throw new TableException("separator, quote and escape must be different characters");
        }
        if (separator != null && (separator.equals(quote) || separator.equals(comment))
                || quote != null && quote.equals(comment)) {
            throw new TableException("separator, quote and comment must be different characters");
        }
    }

    /** Of a file whose quotes are not escaped. */
    public CsvOptions(@Nullable Character separator, @Nullable Boolean header, @Nullable Character quote,
            @Nullable Character comment, int skippedLines) {
        this(separator, header, quote, comment, skippedLines, null);
    }

    /** Everything is found in the file. */
    public static CsvOptions detected() {
        return new CsvOptions(null, null, null, null, 0);
    }

    Optional<Boolean> hasHeader() {
        return Optional.ofNullable(header);
    }

    private static char quoteOr(@Nullable Character quote, char usual) {
        return quote == null ? usual : quote;
    }

    char quoteOr(char usual) {
        return quoteOr(quote, usual);
    }
}
