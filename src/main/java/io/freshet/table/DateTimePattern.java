package io.freshet.table;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Local times by a pattern: reads them, as microseconds since 1970-01-01T00:00. Understands of
 * {@link java.time.format.DateTimeFormatter}'s letters those that dates in data use: {@code u} or {@code y} (four, or two
 * for 1969 to 2068), {@code M} (up to four), {@code d}, {@code H}, {@code h}, {@code m}, {@code s}, {@code S}, {@code a},
 * and quoted text. A fraction may have fewer digits when read, or be absent, and so may seconds behind a colon: some writers
 * leave out zeros. Immutable.
 */
final class DateTimePattern {

    static final long INVALID = Long.MIN_VALUE;
    private static final Pattern ZONE = Pattern.compile(" ?(Z|[+-]\\d{2}(:?\\d{2})?)");
    static final List<String> MONTHS = List.of("January", "February", "March", "April", "May", "June", "July",
            "August", "September", "October", "November", "December");

    enum Field {
        YEAR,
        MONTH,
        DAY,
        HOUR,
        HOUR_OF_HALF,
        MINUTE,
        SECOND,
        FRACTION,
        HALF,
        LITERAL,
        OFFSET
    }

    /** A field of so many letters, or a text. */
    record Part(Field field, int letters, String text) {
    }

    private final List<Part> parts = new ArrayList<>();
    private int offsetSeconds;

    /** @throws IllegalArgumentException if a letter is unknown or a quote not closed */
    DateTimePattern(String pattern) {
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            at = c == '\'' ? quoted(pattern, at) : Character.isLetter(c) ? letters(pattern, at) : literal(pattern, at);
        }
        Part end = parts.isEmpty() ? new Part(Field.LITERAL, 0, "") : parts.get(parts.size() - 1);
        if (end.field == Field.LITERAL && ZONE.matcher(end.text).matches()) {
            parts.set(parts.size() - 1, new Part(Field.OFFSET, 0, end.text));
            offsetSeconds = DateTimeCursor.offsetSeconds(end.text);
        }
    }

    private int quoted(String pattern, int from) {
        StringBuilder text = new StringBuilder();
        int at = from + 1;
        int end = closing(pattern, at);
        // two quotes inside a quoted text are one quote
        while (end > from + 1 && pattern.startsWith("''", end)) {
            text.append(pattern, at, end + 1);
            at = end + 2;
            end = closing(pattern, at);
        }
        text.append(pattern, at, end);
        add(end == from + 1 ? "'" : text.toString());
        return end + 1;
    }

    private static int closing(String pattern, int from) {
        int end = pattern.indexOf('\'', from);
        if (end < 0) {
            throw new IllegalArgumentException("a quote is not closed in the pattern " + pattern);
        }
        return end;
    }

    private int literal(String pattern, int at) {
        add(pattern.substring(at, at + 1));
        return at + 1;
    }

    private void add(String text) {
        int end = parts.size() - 1;
        if (end >= 0 && parts.get(end).field == Field.LITERAL) {
            parts.set(end, new Part(Field.LITERAL, 0, parts.get(end).text + text));
        } else {
            parts.add(new Part(Field.LITERAL, 0, text));
        }
    }

    private int letters(String pattern, int from) {
        char letter = pattern.charAt(from);
        int end = from;
        while (end < pattern.length() && pattern.charAt(end) == letter) {
            end++;
        }
        Field field = switch (letter) {
            case 'u', 'y' -> Field.YEAR;
            case 'M' -> Field.MONTH;
            case 'd' -> Field.DAY;
            case 'H' -> Field.HOUR;
            case 'h' -> Field.HOUR_OF_HALF;
            case 'm' -> Field.MINUTE;
            case 's' -> Field.SECOND;
            case 'S' -> Field.FRACTION;
            case 'a' -> Field.HALF;
            default -> throw new IllegalArgumentException("the letter " + letter + " is unknown in the pattern " + pattern);
        };
        String before = switch (field) {
            case FRACTION -> takeMark(".,");
            case SECOND -> takeMark(":");
            default -> "";
        };
        parts.add(new Part(field, end - from, before));
        return end;
    }

    /** One of some marks before a field belongs to it: both may be absent. */
    private String takeMark(String marks) {
        int end = parts.size() - 1;
        String text = end >= 0 && parts.get(end).field == Field.LITERAL ? parts.get(end).text : "";
        if (text.length() != 1 || marks.indexOf(text.charAt(0)) < 0) {
            return "";
        }
        parts.remove(end);
        return text;
    }

    /** The microseconds that a text says, or {@link #INVALID}. */
    long parse(byte[] bytes, int from, int length) {
        DateTimeCursor cursor = new DateTimeCursor(bytes, from, from + length, offsetSeconds);
        for (Part part : parts) {
            if (!read(part, cursor)) {
                return INVALID;
            }
        }
        return cursor.micros();
    }

    private static boolean read(Part part, DateTimeCursor cursor) {
        int least = part.letters;
        int most = Math.max(2, least);
        return switch (part.field) {
            case YEAR -> cursor.year(least);
            case MONTH -> least > 2 ? cursor.month(MONTHS, least == 3) : cursor.month(least, most);
            case DAY -> cursor.day(least, most);
            case HOUR, HOUR_OF_HALF -> cursor.hour(least, most, part.field == Field.HOUR ? 23 : 12);
            case MINUTE -> cursor.minute(least, most);
            case SECOND -> cursor.second(part.text, least, most);
            case FRACTION -> cursor.fraction(part.text, part.letters);
            case HALF -> cursor.half();
            case OFFSET -> cursor.literal(part.text) || cursor.otherOffset(part.text.startsWith(" "));
            case LITERAL -> cursor.literal(part.text);
        };
    }

    /** Its fields and texts, in order. */
    List<Part> parts() {
        return parts;
    }
}
