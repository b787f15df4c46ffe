package io.freshet.table;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Splits the first characters of a CSV file into records, in order to detect its layout. Ignores blank lines, comments, and a
 * last record that is cut off.
 */
final class CsvHead {

    /** A record, the position of its first character, and whether its first field is quoted. */
    record Line(int start, boolean quoted, List<String> fields) {
    }

    private static final int MAX_RECORDS = 500;

    private final char[] text;
    private final int length;
    private final boolean complete;
    private final char separator;
    private final char quote;
    private final List<Line> lines = new ArrayList<>();
    private int at;
    private boolean padded;

    private CsvHead(char[] text, int length, boolean complete, char separator, char quote) {
        this.text = text;
        this.length = length;
        this.complete = complete;
        this.separator = separator;
        this.quote = quote;
    }

    /** @param complete whether the text is the whole file */
    static CsvHead split(char[] text, int from, int length, boolean complete, char separator, char quote,
            @Nullable Character comment) {
        CsvHead head = new CsvHead(text, length, complete, separator, quote);
        head.at = from;
        head.readAll(comment);
        return head;
    }

    List<Line> lines() {
        return lines;
    }

    /** Returns whether there are blanks between a separator and a quote. */
    boolean isPadded() {
        return padded;
    }

    private void readAll(@Nullable Character comment) {
        while (at < length && lines.size() < MAX_RECORDS) {
            if (comment != null && text[at] == comment) {
                at = nextLine(text, at, length);
                continue;
            }
            int start = at;
            boolean quoted = text[at] == quote;
            List<String> fields = new ArrayList<>();
            boolean more = true;
            while (more) {
                more = readField(fields);
            }
            boolean blank = fields.size() == 1 && fields.get(0).isBlank() && !quoted;
            boolean whole = complete || at < length || lines.isEmpty();
            if (!blank && whole) {
                lines.add(new Line(start, quoted, fields));
            }
        }
    }

    /**
     * Reads a field and the character that ends it.
     *
     * @return false at the end of the record
     */
    private boolean readField(List<String> fields) {
        int begin = at;
        while (begin < length && isBlank(text[begin])) {
            begin++;
        }
        int end = begin < length && text[begin] == quote ? closingQuote(begin + 1) : -1;
        if (end >= 0) {
            int after = end + 1;
            while (after < length && isBlank(text[after])) {
                after++;
            }
            if (after >= length || isEnd(text[after])) {
                padded |= begin > at || after > end + 1;
                String doubled = String.valueOf(quote) + quote;
                fields.add(new String(text, begin + 1, end - begin - 1).replace(doubled, String.valueOf(quote)));
                at = after;
                return passEnd();
            }
        }
        int start = at;
        while (at < length && !isEnd(text[at])) {
            at++;
        }
        fields.add(new String(text, start, at - start).strip());
        return passEnd();
    }

    private int closingQuote(int from) {
        for (int i = from; i < length; i++) {
            if (text[i] == quote) {
                if (i + 1 < length && text[i + 1] == quote) {
                    i++;
                } else {
                    return i;
                }
            }
        }
        return -1;
    }

    private boolean passEnd() {
        if (at >= length) {
            return false;
        }
        boolean more = text[at] == separator;
        at = more ? at + 1 : nextLine(text, at, length);
        return more;
    }

    private boolean isBlank(char c) {
        return c == ' ' || c == '\t' && separator != '\t';
    }

    private boolean isEnd(char c) {
        return c == separator || c == '\n' || c == '\r';
    }

    /** Returns the position after the line that contains a position. */
    static int nextLine(char[] text, int from, int length) {
        int at = from;
        while (at < length && text[at] != '\n' && text[at] != '\r') {
            at++;
        }
        return at + 1 < length && text[at] == '\r' && text[at + 1] == '\n' ? at + 2 : Math.min(at + 1, length);
    }
}
