package io.freshet.table;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * How a column writes dates or instants, and in which steps it counts them. A tick is one {@link #resolution} unit since
 * 1970-01-01T00:00 of the written local time; a zone or offset is part of the pattern as literal text, so it is written as it
 * was read. A text with another offset than the pattern's is read as the same instant. Immutable.
 */
public final class DateTimeFormat {

    /** The units of ticks, coarsest first. */
    static final List<ChronoUnit> UNITS = List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS,
            ChronoUnit.MILLIS, ChronoUnit.MICROS);

    private final String pattern;
    private final ChronoUnit resolution;
    private final DateTimePattern parts;
    private final long tickMicros;

    private DateTimeFormat(String pattern, ChronoUnit resolution) {
        if (!UNITS.contains(resolution)) {
            throw new IllegalArgumentException("the resolution must be one of " + UNITS + ", not " + resolution);
        }
        this.pattern = pattern;
        this.resolution = resolution;
        this.parts = new DateTimePattern(pattern);
        this.tickMicros = resolution.getDuration().toNanos() / 1000;
    }

    /**
     * @param pattern in the letters of {@link java.time.format.DateTimeFormatter}: {@code u} (or {@code y})
     *        {@code M d H h m s S a}
     *        and quoted text; two digits of a year mean 1969 to 2068; month names are English
     * @param resolution DAYS, HOURS, MINUTES, SECONDS, MILLIS or MICROS; it may be coarser than the pattern
     * @throws IllegalArgumentException if the pattern or the resolution is none of these
     */
    public static DateTimeFormat of(String pattern, ChronoUnit resolution) {
        return new DateTimeFormat(pattern, resolution);
    }

    /** The formats that may have written this text, the most exact first; empty if it is no date. */
    public static List<DateTimeFormat> candidates(String text) {
        return DateTimeGuess.candidates(text);
    }

    /** The same texts, counted in other steps. */
    DateTimeFormat withResolution(ChronoUnit other) {
        return other == resolution ? this : new DateTimeFormat(pattern, other);
    }

    public String pattern() {
        return pattern;
    }

    public ChronoUnit resolution() {
        return resolution;
    }

    /** Whether {@link #parse} would take the text. */
    public boolean accepts(String text) {
        return micros(text) != DateTimePattern.INVALID;
    }

    /**
     * The ticks of a text; what is below a tick is dropped.
     *
     * @throws DateTimeParseException if the text is not of this format
     */
    public long parse(String text) {
        long micros = micros(text);
        if (micros == DateTimePattern.INVALID) {
            throw new DateTimeParseException("not of the format " + pattern, text, 0);
        }
        return Math.floorDiv(micros, tickMicros);
    }

    /** Writes many of them. */
    public DateTimePrinter printer() {
        return new DateTimePrinter(parts.parts(), tickMicros);
    }

    /** The text of ticks. */
    public String print(long ticks) {
        return printer().text(ticks);
    }

    private long micros(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return micros(bytes, 0, bytes.length);
    }

    /** Microseconds since 1970-01-01T00:00 of the local time, or {@link DateTimePattern#INVALID}. */
    long micros(byte[] bytes, int from, int length) {
        return parts.parse(bytes, from, length);
    }

    String printMicros(long micros) {
        return new DateTimePrinter(parts.parts(), 1).text(micros);
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
