package io.freshet.table;

import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Local times by a pattern: reads them, as microseconds since 1970-01-01T00:00. Understands of
 * {@link java.time.format.DateTimeFormatter}'s letters those that dates in data use: {@code u} or {@code y} (four, or two
 * for 1969 to 2068), {@code M} (up to four), {@code L} (three or four, a month in capital letters), {@code E} (a weekday),
 * {@code d}, {@code H}, {@code h}, {@code m}, {@code s}, {@code S}, {@code a}
 * (twice for small letters), and quoted text. A fraction may have fewer digits when read, or be absent, and so may seconds
 * behind a colon: some writers
 * leave out zeros. At the end, {@code xxx{ZONE}}, {@code XXX{ZONE}} or {@code xx{ZONE}} stands for the offset that a zone has
 * at the time. The pattern of an {@link EpochUnit} stands for an integer. Immutable.
 */
final class DateTimePattern {

    private static final int SUMMER_SECONDS = 3_600;
    /** Microseconds of the year 9999 have no more. */
    private static final int MAX_EPOCH_DIGITS = 18;
    static final long INVALID = Long.MIN_VALUE;
    /** 9999-12-31T23:59:59.999999. */
    private static final long MAX_MICROS = 253_402_300_799_999_999L;
    private static final Pattern ZONE = Pattern.compile(" ?(Z|[+-]\\d{2}(:?\\d{2})?)");
    static final List<String> MONTHS = List.of("January", "February", "March", "April", "May", "June", "July",
            "August", "September", "October", "November", "December");

    static final List<String> UPPER_MONTHS = MONTHS.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    static final List<String> WEEKDAYS = List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    /** Marks a month in capital letters. */
    static final String UPPER = "L";

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
        WEEKDAY,
        LITERAL,
        OFFSET,
        /** The whole text is an integer; the part's text is the pattern of its {@link EpochUnit}. */
        EPOCH,
        /** The offset that a zone has then; the text is that of the letters and the zone, with a blank between them. */
        ZONE
    }

    /** A field with its number of letters, or literal text. */
    record Part(Field field, int letters, String text) {
    }

    private final List<Part> parts = new ArrayList<>();
    private int offsetSeconds;
    private long epochMicros;
    private @Nullable ZoneRules rules;

    /** @throws IllegalArgumentException if a letter is unknown or a quote is not closed */
    DateTimePattern(String pattern) {
        Optional<EpochUnit> epoch = EpochUnit.ofPattern(pattern);
        if (epoch.isPresent()) {
            parts.add(new Part(Field.EPOCH, MAX_EPOCH_DIGITS, pattern));
            epochMicros = epoch.get().micros();
            return;
        }
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

    boolean has(Field field) {
        return parts.stream().anyMatch(part -> part.field == field);
    }

    /** Returns the offset of the zone at the end of the pattern; 0 if there is none. */
    int offsetSeconds() {
        return offsetSeconds;
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
            throw new IllegalArgumentException("unclosed quote in the pattern " + pattern);
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
        if (letter == 'x' || letter == 'X') {
            return zone(pattern, from, end);
        }
        Field field = switch (letter) {
            case 'u', 'y' -> Field.YEAR;
            case 'M', 'L' -> Field.MONTH;
            case 'E' -> Field.WEEKDAY;
            case 'd' -> Field.DAY;
            case 'H' -> Field.HOUR;
            case 'h' -> Field.HOUR_OF_HALF;
            case 'm' -> Field.MINUTE;
            case 's' -> Field.SECOND;
            case 'S' -> Field.FRACTION;
            case 'a' -> Field.HALF;
            default -> throw new IllegalArgumentException("unknown letter " + letter + " in the pattern " + pattern);
        };
        String before = switch (field) {
            case FRACTION -> takeMark(".,");
            case SECOND -> takeMark(":");
            case MONTH -> letter == 'L' ? UPPER : "";
            default -> "";
        };
        parts.add(new Part(field, end - from, before));
        return end;
    }

    private int zone(String pattern, int from, int letters) {
        int end = pattern.indexOf('}', letters);
        if (letters - from > 3 || letters - from < 2 || !pattern.startsWith("{", letters) || end != pattern.length() - 1) {
            throw new IllegalArgumentException("an offset is written xxx{ZONE}, XXX{ZONE} or xx{ZONE} at the end, not as in "
                    + pattern);
        }
        String zone = pattern.substring(letters + 1, end);
        rules = ZoneOffsets.rules(zone);
        parts.add(new Part(Field.ZONE, 0, pattern.substring(from, letters) + ' ' + zone));
        return end + 1;
    }

    /** The rules of the zone whose offsets end the texts; null if there is none. */
    @Nullable
    ZoneRules rules() {
        return rules;
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

    /** Returns the microseconds of a text, or {@link #INVALID}. */
    long parse(byte[] bytes, int from, int length) {
        if (epochMicros > 0) {
            return epoch(bytes, from, length);
        }
        DateTimeCursor cursor = new DateTimeCursor(bytes, from, from + length, offsetSeconds);
        for (Part part : parts) {
            if (!read(part, cursor)) {
                return INVALID;
            }
        }
        ZoneRules zone = rules;
        long micros = cursor.micros();
        if (zone == null || micros == INVALID) {
            return micros;
        }
        // what the clock says counts, where it is that of the zone with or without summer time
        int read = cursor.readOffsetSeconds();
        long local = micros + read * 1_000_000L;
        boolean own = Math.abs(ZoneOffsets.ofLocal(zone, Math.floorDiv(local, 1_000_000L)) - read) <= SUMMER_SECONDS;
        return own ? local : micros + ZoneOffsets.ofInstant(zone, Math.floorDiv(micros, 1_000_000L)) * 1_000_000L;
    }

    private long epoch(byte[] bytes, int from, int length) {
        boolean negative = length > 0 && bytes[from] == '-';
        int start = negative ? from + 1 : from;
        int end = from + length;
        long number = 0;
        for (int at = start; at < end; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                return INVALID;
            }
            number = 10 * number + bytes[at] - '0';
        }
        if (end == start || end - start > MAX_EPOCH_DIGITS || number > MAX_MICROS / epochMicros) {
            return INVALID;
        }
        return (negative ? -number : number) * epochMicros;
    }

    /** Returns the microseconds of the unit if texts are integers that count time since 1970, otherwise 0. */
    long epochMicros() {
        return epochMicros;
    }

    private static boolean read(Part part, DateTimeCursor cursor) {
        int min = part.letters;
        int max = Math.max(2, min);
        return switch (part.field) {
            case YEAR -> cursor.year(min);
            case MONTH -> min > 2 ? cursor.month(part.text.equals(UPPER) ? UPPER_MONTHS : MONTHS, min == 3)
                    : cursor.month(min, max);
            case DAY -> cursor.day(min, max);
            case HOUR, HOUR_OF_HALF -> cursor.hour(min, max, part.field == Field.HOUR ? 23 : 12);
            case MINUTE -> cursor.minute(min, max);
            case SECOND -> cursor.second(part.text, min, max);
            case FRACTION -> cursor.fraction(part.text, part.letters);
            case HALF -> cursor.half(min == 2);
            case WEEKDAY -> cursor.weekday(WEEKDAYS, min <= 3);
            case OFFSET -> cursor.literal(part.text) || cursor.otherOffset(part.text.startsWith(" "));
            case ZONE -> cursor.otherOffset(false);
            case LITERAL -> cursor.literal(part.text);
            case EPOCH -> throw new IllegalStateException("an integer has no other parts");
        };
    }

    /** Returns the fields and literal texts, in order. */
    List<Part> parts() {
        return parts;
    }
}
