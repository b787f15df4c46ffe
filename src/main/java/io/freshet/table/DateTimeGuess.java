package io.freshet.table;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Finds the formats in which a date may be written: with the year, the day or the month first, or with the name of the month.
 */
final class DateTimeGuess {

    private static final int LONGEST = 48;
    private static final String NAME = "(?:[A-Z][a-z]{2,8}|[A-Z]{3,9})";
    private static final Pattern DATE = Pattern.compile("(?<weekday>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?"
            + "(?:(?<year>\\d{4})(?<a>[-/.])\\d{1,2}\\k<a>\\d{1,2}"
            + "|\\d{1,2}(?<b>[-/.])\\d{1,2}\\k<b>(?<yearLast>\\d{4}|\\d{2})"
            + "|\\d{1,2}(?<c>[-/ ])(?<name>" + NAME + ")\\k<c>(?<yearNamed>\\d{4}|\\d{2})"
            + "|(?<nameFirst>" + NAME + ") \\d{1,2}(?<comma>,?) \\d{4})(?<time>.*)");
    private static final Pattern TIME = Pattern.compile("(?<join>T|,? |:)(?<hour>\\d{1,2}):\\d{2}"
            + "(?<second>:\\d{2}(?:(?<point>[.,])(?<fraction>\\d{1,9}))?)?"
            + "(?<half> ?(?:[AP]M|[ap]m))?(?<zone> ?(?:Z|[A-Z]{3,4}|[+-]\\d{2}(?::?\\d{2})?))?");
    /** Eight digits that are a date between 1900 and 2099, with the year first or last, optionally followed by a time. */
    private static final Pattern COMPACT = Pattern
            .compile("(?<yearFirst>(?:19|20)\\d{6})(?:T\\d{6}(?<zone>Z?))?|\\d{4}(?:19|20)\\d{2}");

    private DateTimeGuess() {
    }

    /** Returns the formats that accept the text, the stricter ones first. */
    static List<DateTimeFormat> candidates(String text) {
        List<DateTimeFormat> formats = new ArrayList<>();
        addCompact(formats, text);
        addClock(formats, text);
        Matcher date = DATE.matcher(text);
        if (text.length() <= LONGEST && date.matches()) {
            String time = date.group("time");
            Matcher parts = TIME.matcher(time);
            String weekday = weekday(date.group("weekday"));
            for (String dayPattern : datePatterns(date)) {
                String datePattern = weekday + dayPattern;
                if (time.isEmpty()) {
                    addIfRight(formats, text, datePattern, ChronoUnit.DAYS);
                } else if (parts.matches()) {
                    addTimes(formats, text, datePattern, parts);
                }
            }
        }
        return formats;
    }

    /**
     * Returns the microseconds since 1970-01-01T00:00 of a text in a column whose format is known. The text may differ from the
     * format where it cannot be misread: in leading zeros, separators and fractions, with the year first, or with a named
     * month.
     */
    static OptionalLong micros(String text, DateTimeFormat known) {
        List<DateTimePattern.Field> order = known.dateFields();
        return Stream.concat(Stream.of(known), candidates(text).stream().filter(
                format -> !order.isEmpty() && format.dateFields().equals(order) || format.isUnambiguous()
                        || !known.hasDate() && !format.hasDate()))
                .filter(format -> format.accepts(text)).mapToLong(format -> format.micros(text)).findFirst();
    }

    private static String weekday(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String name = text.replaceAll("[^A-Za-z]", "");
        return (name.length() == 3 ? "EEE" : "EEEE") + text.substring(name.length());
    }

    private static void addCompact(List<DateTimeFormat> formats, String text) {
        Matcher compact = COMPACT.matcher(text);
        if (!compact.matches()) {
            return;
        }
        if (text.length() > 8) {
            addIfRight(formats, text, "uuuuMMdd'T'HHmmss" + (compact.group("zone").isEmpty() ? "" : "'Z'"), ChronoUnit.SECONDS);
            return;
        }
        for (String pattern : List.of("uuuuMMdd", "ddMMuuuu", "MMdduuuu")) {
            addIfRight(formats, text, pattern, ChronoUnit.DAYS);
        }
    }

    /** Adds formats for a time of day without a date. */
    private static void addClock(List<DateTimeFormat> formats, String text) {
        Matcher parts = text.length() <= LONGEST ? TIME.matcher("T" + text) : TIME.matcher("");
        if (parts.matches() && parts.group("zone") == null) {
            addTimes(formats, text, "", parts);
        }
    }

    private static void addIfRight(List<DateTimeFormat> formats, String text, String pattern, ChronoUnit resolution) {
        DateTimeFormat format = DateTimeFormat.of(pattern, resolution);
        if (format.accepts(text)) {
            formats.add(format);
        }
    }

    private static List<String> datePatterns(Matcher date) {
        if (date.group("year") != null) {
            String s = date.group("a");
            return List.of("uuuu" + s + "MM" + s + "dd", "uuuu" + s + "M" + s + "d", "uuuu" + s + "dd" + s + "MM");
        }
        if (date.group("name") != null) {
            String month = month(date.group("name"));
            String s = date.group("c");
            String year = "u".repeat(date.group("yearNamed").length());
            return List.of("dd" + s + month + s + year, "d" + s + month + s + year);
        }
        if (date.group("nameFirst") != null) {
            String month = month(date.group("nameFirst")) + " ";
            String year = date.group("comma") + " uuuu";
            return List.of(month + "dd" + year, month + "d" + year);
        }
        return dayAndMonth(date.group("b"), "u".repeat(date.group("yearLast").length()));
    }

    /** May is both the full name and the abbreviation; the abbreviation is more common. */
    private static String month(String name) {
        String letter = Character.isUpperCase(name.charAt(1)) ? "L" : "M";
        return letter.repeat(name.length() == 3 ? 3 : 4);
    }

    /** With slashes the month usually comes first; with points and hyphens, the day. */
    private static List<String> dayAndMonth(String s, String year) {
        List<String> monthFirst = List.of("MM" + s + "dd" + s + year, "M" + s + "d" + s + year);
        List<String> dayFirst = List.of("dd" + s + "MM" + s + year, "d" + s + "M" + s + year);
        List<String> first = s.equals("/") ? monthFirst : dayFirst;
        List<String> second = s.equals("/") ? dayFirst : monthFirst;
        return List.of(first.get(0), second.get(0), first.get(1), second.get(1));
    }

    private static void addTimes(List<DateTimeFormat> formats, String text, String datePattern, Matcher time) {
        String join = datePattern.isEmpty() ? "" : time.group("join").equals("T") ? "'T'" : time.group("join");
        String half = time.group("half") == null ? ""
                : (time.group("half").startsWith(" ") ? " " : "")
                        + (time.group("half").endsWith("m") ? "aa" : "a");
        String zone = time.group("zone") == null ? "" : "'" + time.group("zone") + "'";
        String letter = half.isEmpty() ? "H" : "h";
        if (time.group("second") == null) {
            String rest = ":mm" + half + zone;
            addIfRight(formats, text, datePattern + join + letter.repeat(2) + rest, ChronoUnit.MINUTES);
            addIfRight(formats, text, datePattern + join + letter + rest, ChronoUnit.MINUTES);
        }
        for (int digits : fractions(time)) {
            String point = time.group("point") == null ? "." : time.group("point");
            String rest = ":mm:ss" + (digits == 0 ? "" : point + "S".repeat(digits)) + half + zone;
            ChronoUnit resolution = digits == 0 ? ChronoUnit.SECONDS : digits <= 3 ? ChronoUnit.MILLIS : ChronoUnit.MICROS;
            addIfRight(formats, text, datePattern + join + letter.repeat(2) + rest, resolution);
            addIfRight(formats, text, datePattern + join + letter + rest, resolution);
        }
    }

    /**
     * Returns the number of fraction digits that the text has, and those that other texts may have, because trailing zeros are
     * often omitted.
     */
    private static TreeSet<Integer> fractions(Matcher time) {
        TreeSet<Integer> digits = new TreeSet<>();
        int own = time.group("fraction") == null ? 0 : time.group("fraction").length();
        digits.add(own);
        for (int usual = 3; usual <= 9; usual += 3) {
            digits.add(Math.max(own, usual));
        }
        return digits;
    }
}
