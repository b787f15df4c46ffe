package io.freshet.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.freshet.table.CsvHead.Line;

/**
 * Detects the layout of a CSV file from its first characters: the separator is the one that gives the most records the same
 * number of fields.
 */
final class CsvSniffer {

    /** In a tie the first one wins, because tabs and bars are rarer in texts than commas. */
    private static final char[] SEPARATORS = { '\t', '|', ';', ',' };
    /** The first line of a file that declares the separator for Excel. */
    private static final Pattern SEP_LINE = Pattern.compile("\"?sep=(.)\"?\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int MAX_SEP_LINE = 16;
    /** The share of records that have to agree before lines are skipped as a preamble. */
    private static final double MOST = .9;
    private static final int MIN_AGREEING = 3;

    private final CsvOptions options;
    private final char[] text;
    private final int length;
    private final boolean complete;
    private final char quote;
    private final List<Notice> notices = new ArrayList<>();
    private int start;
    private @Nullable Character comment;

    private CsvSniffer(CsvOptions options, char[] text, int length, boolean complete) {
        this.options = options;
        this.text = text;
        this.length = length;
        this.complete = complete;
        this.quote = options.quoteOr('"');
        this.comment = options.comment();
    }

    /**
     * @param text the first characters of the file, of which {@code length} are valid
     * @param complete whether that is the whole file
     */
    static CsvLayout layout(char[] text, int length, boolean complete, CsvOptions options) {
        return new CsvSniffer(options, text, length, complete).layout();
    }

    private CsvLayout layout() {
        for (int line = 0; line < options.skippedLines(); line++) {
            start = CsvHead.nextLine(text, start, length);
        }
        Character said = options.separator();
        Character line = sepLine();
        char separator = said != null ? said : line != null ? line : separator();
        CsvHead head = split(separator);
        if (comment == null && options.skippedLines() == 0 && skipPreamble(head.lines())) {
            head = split(separator);
        }
        if (comment == null && skipComments(head.lines())) {
            head = split(separator);
        }
        return layout(separator, head);
    }

    private CsvLayout layout(char separator, CsvHead head) {
        List<Line> lines = head.lines();
        int fields = lines.isEmpty() ? 0 : lines.get(0).fields().size();
        List<Line> rows = lines.size() < 2 ? List.of() : lines.subList(1, lines.size());
        boolean header = options.hasHeader().orElseGet(() -> CsvHeader.isPresent(lines));
        if (!header && options.header() == null) {
            notices.add(Notice.ofTable("The first line looks like data, so the columns are named column_1, column_2, …; "
                    + "header=true uses it as the header."));
        }
        boolean more = !rows.isEmpty() && fields > 1 && rows.stream().allMatch(row -> row.fields().size() == fields + 1);
        boolean same = !rows.isEmpty() && fields > 1 && rows.stream().allMatch(row -> row.fields().size() == fields)
                && last(lines.get(0)).isEmpty();
        boolean trailing = (more || same) && rows.stream().allMatch(row -> last(row).isEmpty());
        boolean rowNames = header && more && !trailing && rows.stream().allMatch(Line::quoted);
        return new CsvLayout(separator, quote, comment, start, linesBefore(start), header, fields, trailing, rowNames,
                head.isPadded(), notices);
    }

    private static String last(Line line) {
        return line.fields().get(line.fields().size() - 1);
    }

    private CsvHead split(char separator) {
        return CsvHead.split(text, start, length, complete, separator, quote, comment);
    }

    private @Nullable Character sepLine() {
        int end = CsvHead.nextLine(text, start, length);
        Matcher line = SEP_LINE.matcher(new String(text, start, Math.min(end - start, MAX_SEP_LINE)));
        if (!line.matches()) {
            return null;
        }
        start = end;
        return line.group(1).charAt(0);
    }

    private char separator() {
        char best = ',';
        double share = 0;
        for (char separator : SEPARATORS) {
            List<Line> lines = split(separator).lines();
            boolean possible = !lines.isEmpty() && (lines.get(0).fields().size() > 1 || preamble(lines) > 0);
            double agreeing = !possible ? 0 : (double) agreeing(lines, usual(lines)) / lines.size();
            if (agreeing > share) {
                best = separator;
                share = agreeing;
            }
        }
        return best;
    }

    /** Returns the most frequent number of fields above one; 0 if no record has two fields. */
    private static int usual(List<Line> lines) {
        Map<Integer, Integer> counts = new HashMap<>();
        int usual = 0;
        for (Line line : lines) {
            int fields = line.fields().size();
            if (fields > 1 && counts.merge(fields, 1, Integer::sum) > counts.getOrDefault(usual, 0)) {
                usual = fields;
            }
        }
        return usual;
    }

    private static long agreeing(List<Line> lines, int fields) {
        return lines.stream().filter(line -> line.fields().size() == fields).count();
    }

    /** Skips the lines before the table: comments, and titles with fewer fields than the records. */
    private boolean skipPreamble(List<Line> lines) {
        int first = preamble(lines);
        if (first == 0) {
            return false;
        }
        if (areComments(lines.subList(0, first))) {
            comment = '#';
        } else {
            start = lines.get(first).start();
        }
        notices.add(Notice.ofTable((first == 1 ? "The first line is skipped, because it does"
                : "The first " + first + " lines are skipped, because they do")
                + " not have the form of the table; skip=N skips other lines."));
        return true;
    }

    /** Skips lines in and after the table that begin with # and have fewer fields than all records. */
    private boolean skipComments(List<Line> lines) {
        int usual = usual(lines);
        List<Line> comments = lines.stream()
                .filter(line -> line.fields().size() < usual && !line.quoted() && line.fields().get(0).startsWith("#"))
                .toList();
        boolean found = !comments.isEmpty() && agreeing(lines, usual) >= MIN_AGREEING
                && lines.stream().filter(line -> line.fields().size() == usual)
                        .noneMatch(line -> line.fields().get(0).startsWith("#"));
        if (found) {
            comment = '#';
            notices.add(
                    Notice.ofTable("Lines that begin with # are comments, because they do not have the form of the table."));
        }
        return found;
    }

    /** Returns the number of lines before the table. */
    private static int preamble(List<Line> lines) {
        int usual = usual(lines);
        int first = 0;
        while (first < lines.size() && lines.get(first).fields().size() != usual) {
            first++;
        }
        if (usual == 0 || first == 0 || first == lines.size()) {
            return 0;
        }
        List<Line> table = lines.subList(first, lines.size());
        boolean titles = lines.subList(0, first).stream().allMatch(line -> line.fields().size() < usual - 1 || usual == 2)
                && agreeing(table, usual) >= MIN_AGREEING && agreeing(table, usual) >= MOST * table.size()
                && CsvHeader.namesNumbers(table);
        return titles || areComments(lines.subList(0, first)) ? first : 0;
    }

    private static boolean areComments(List<Line> lines) {
        return lines.stream().allMatch(line -> line.fields().get(0).startsWith("#"));
    }

    private int linesBefore(int position) {
        int lines = 0;
        for (int at = 0; at < position; at = CsvHead.nextLine(text, at, length)) {
            lines++;
        }
        return lines;
    }
}
