package io.freshet.table;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which formats may have written a date: year first, day or month first, or with the name of the month. */
final class DateTimeGuess {

    private static final int LONGEST = 48;
    private static final Pattern DATE = Pattern.compile("(?:(?<year>\\d{4})(?<a>[-/.])\\d{1,2}\\k<a>\\d{1,2}"
            + "|\\d{1,2}(?<b>[-/.])\\d{1,2}\\k<b>(?<yearLast>\\d{4}|\\d{2})"
            + "|\\d{1,2}(?<c>[- ])(?<name>[A-Z][a-z]{2,8})\\k<c>(?<yearNamed>\\d{4}|\\d{2})"
            + "|(?<nameFirst>[A-Z][a-z]{2,8}) \\d{1,2}(?<comma>,?) \\d{4})(?<time>.*)");
    private static final Pattern TIME = Pattern.compile("(?<join>[T ])(?<hour>\\d{1,2}):\\d{2}"
            + "(?<second>:\\d{2}(?:(?<point>[.,])(?<fraction>\\d{1,9}))?)?"
            + "(?<half> ?[AP]M)?(?<zone> ?(?:Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?))?");

    private DateTimeGuess() {
    }

    /** The formats that accept the text, each before those that accept more. */
    static List<DateTimeFormat> candidates(String text) {
        List<DateTimeFormat> formats = new ArrayList<>();
        Matcher date = DATE.matcher(text);
        if (text.length() <= LONGEST && date.matches()) {
            String time = date.group("time");
            Matcher parts = TIME.matcher(time);
            for (String datePattern : datePatterns(date)) {
                if (time.isEmpty()) {
                    addIfRight(formats, text, datePattern, ChronoUnit.DAYS);
                } else if (parts.matches()) {
                    addTimes(formats, text, datePattern, parts);
                }
            }
        }
        return formats;
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
            return List.of("uuuu" + s + "MM" + s + "dd", "uuuu" + s + "M" + s + "d");
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

    /** May is both the name and its abbreviation; the abbreviation is more usual. */
    private static String month(String name) {
        return name.length() == 3 ? "MMM" : "MMMM";
    }

    /** With slashes the month usually comes first, with points and hyphens the day. */
    private static List<String> dayAndMonth(String s, String year) {
        if (year.length() == 2 && s.equals("-")) {
            return List.of();
        }
        List<String> monthFirst = List.of("MM" + s + "dd" + s + year, "M" + s + "d" + s + year);
        List<String> dayFirst = List.of("dd" + s + "MM" + s + year, "d" + s + "M" + s + year);
        List<String> first = s.equals("/") ? monthFirst : dayFirst;
        List<String> second = s.equals("/") ? dayFirst : monthFirst;
        return List.of(first.get(0), second.get(0), first.get(1), second.get(1));
    }

    private static void addTimes(List<DateTimeFormat> formats, String text, String datePattern, Matcher time) {
        String join = time.group("join").equals("T") ? "'T'" : " ";
        String half = time.group("half") == null ? "" : time.group("half").startsWith(" ") ? " a" : "a";
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

    /** The digits that the text has, and those that others may have: zeros at the end are often left out. */
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
