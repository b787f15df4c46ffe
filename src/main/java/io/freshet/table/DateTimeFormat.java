package io.freshet.table;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a column writes dates or instants, and in which steps it counts them. A tick is one {@link #resolution} unit since
 * 1970-01-01T00:00 of the written local time; a zone or offset is part of the pattern as literal text, so it is written as it
 * was
 * read. Immutable.
 */
public final class DateTimeFormat {

    private static final Pattern TIME = Pattern
            .compile("([T ])(\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?( ?(?:Z|UTC|GMT|[+-]\\d{2}:?\\d{2}))?");
    private static final Pattern DATE = Pattern.compile("(\\d{4}([-/.])\\d{2}\\2\\d{2}|\\d{1,2}([-/.])\\d{1,2}\\3\\d{4})(.*)",
            Pattern.DOTALL);

    private final String pattern;
    private final ChronoUnit resolution;
    private final DateTimeFormatter formatter;

    private DateTimeFormat(String pattern, ChronoUnit resolution) {
        this.pattern = pattern;
        this.resolution = resolution;
        this.formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * @param pattern of {@link DateTimeFormatter}, with {@code u} for the year
     * @param resolution DAYS, MINUTES, SECONDS, MILLIS or MICROS
     * @throws IllegalArgumentException if the pattern is none
     */
    public static DateTimeFormat of(String pattern, ChronoUnit resolution) {
        return new DateTimeFormat(pattern, resolution);
    }

    /** The formats that may have written this text; empty if it is no date. Day and month may be either way round. */
    public static List<DateTimeFormat> candidates(String text) {
        Matcher date = DATE.matcher(text);
        if (text.length() > 40 || !date.matches()) {
            return List.of();
        }
        String rest = date.group(4);
        String timePattern = "";
        ChronoUnit resolution = ChronoUnit.DAYS;
        if (!rest.isEmpty()) {
            Matcher time = TIME.matcher(rest);
            if (!time.matches()) {
                return List.of();
            }
            timePattern = timePattern(time);
            resolution = resolution(time);
        }
        List<DateTimeFormat> formats = new ArrayList<>();
        for (String datePattern : datePatterns(date)) {
            DateTimeFormat format = of(datePattern + timePattern, resolution);
            if (format.accepts(text)) {
                formats.add(format);
            }
        }
        return formats;
    }

    private static List<String> datePatterns(Matcher date) {
        if (date.group(2) != null) {
            return List.of("uuuu" + date.group(2) + "MM" + date.group(2) + "dd");
        }
        String separator = date.group(3);
        String text = date.group(1);
        boolean padded = text.length() == 10;
        String day = padded ? "dd" : "d";
        String month = padded ? "MM" : "M";
        return List.of(month + separator + day + separator + "uuuu", day + separator + month + separator + "uuuu");
    }

    private static String timePattern(Matcher time) {
        String pattern = (time.group(1).equals("T") ? "'T'" : " ") + "HH:mm";
        if (time.group(4) != null) {
            pattern += ":ss";
        }
        if (time.group(5) != null) {
            pattern += "." + "S".repeat(time.group(5).length());
        }
        return time.group(6) == null ? pattern : pattern + "'" + time.group(6) + "'";
    }

    private static ChronoUnit resolution(Matcher time) {
        if (time.group(5) != null) {
            return time.group(5).length() <= 3 ? ChronoUnit.MILLIS : ChronoUnit.MICROS;
        }
        return time.group(4) != null ? ChronoUnit.SECONDS : ChronoUnit.MINUTES;
    }

    public String pattern() {
        return pattern;
    }

    public ChronoUnit resolution() {
        return resolution;
    }

    public boolean accepts(String text) {
        try {
            return text.equals(print(parse(text)));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /**
     * The ticks of a text.
     *
     * @throws DateTimeParseException if the text is not of this format
     */
    public long parse(String text) {
        TemporalAccessor parsed = formatter.parse(text);
        long days = parsed.getLong(ChronoField.EPOCH_DAY);
        if (resolution == ChronoUnit.DAYS) {
            return days;
        }
        try {
            long micros = parsed.getLong(ChronoField.MICRO_OF_DAY);
            return days * perDay() + micros / (resolution.getDuration().toNanos() / 1000);
        } catch (DateTimeException e) {
            throw new DateTimeParseException("no time of day", text, 0, e);
        }
    }

    private long perDay() {
        return ChronoUnit.DAYS.getDuration().toNanos() / resolution.getDuration().toNanos();
    }

    /** The text of ticks. */
    public String print(long ticks) {
        return formatter.format(LocalDateTime.of(1970, 1, 1, 0, 0).plus(ticks, resolution).atOffset(ZoneOffset.UTC));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DateTimeFormat format && format.pattern.equals(pattern) && format.resolution == resolution;
    }

    @Override
    public int hashCode() {
        return Objects.hash(pattern, resolution);
    }

    @Override
    public String toString() {
        return pattern;
    }
}
