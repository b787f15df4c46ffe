package io.freshet.table;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How a column writes dates or instants, and the unit in which it counts them. A tick is one {@link #resolution} unit since
 * 1970-01-01T00:00 of the written local time. A zone or offset is part of the pattern as literal text, so it is written as it
 * was read. A text with an offset that differs from the pattern's is read as the same instant. Immutable.
 */
public final class DateTimeFormat {

    /** The units of ticks, coarsest first. */
    static final List<ChronoUnit> UNITS = List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS,
            ChronoUnit.MILLIS, ChronoUnit.MICROS);

    private static final int MICRO_DIGITS = 6;
    /** 2023-01-31. */
    private static final long EXAMPLE_DAY = 19_388;

    private final String pattern;
    private final ChronoUnit resolution;
    private final DateTimePattern parts;
    private final long tickMicros;
    /** The value of the last digit that a text has. */
    private final long digitMicros;

    private DateTimeFormat(String pattern, ChronoUnit resolution) {
        if (!UNITS.contains(resolution)) {
            throw new IllegalArgumentException("the resolution must be one of " + UNITS + ", not " + resolution);
        }
        this.pattern = pattern;
        this.resolution = resolution;
        this.parts = new DateTimePattern(pattern);
        this.tickMicros = resolution.getDuration().toNanos() / 1000;
        this.digitMicros = Math.max(tickMicros, digitMicros(parts));
    }

    private static long digitMicros(DateTimePattern pattern) {
        int digits = pattern.parts().stream().filter(part -> part.field() == DateTimePattern.Field.FRACTION)
                .mapToInt(DateTimePattern.Part::letters).max().orElse(MICRO_DIGITS);
        return (long) Math.pow(10, Math.max(0, MICRO_DIGITS - digits));
    }

    /**
     * @param pattern letters of {@link java.time.format.DateTimeFormatter}: {@code u} (or {@code y}) {@code M L d E H h m s S
     *         a} and quoted text; two digits of a year denote 1969 to 2068; month names are English. {@code epoch:days},
     *        {@code epoch:seconds}, {@code epoch:millis} or {@code epoch:micros}: an integer
     * @param resolution DAYS, HOURS, MINUTES, SECONDS, MILLIS or MICROS; it may be coarser than the pattern
     * @throws IllegalArgumentException if the pattern or the resolution is not supported
     */
    public static DateTimeFormat of(String pattern, ChronoUnit resolution) {
        return new DateTimeFormat(pattern, resolution);
    }

    /** Returns the formats that may have written this text, the most exact first; empty if it is not a date. */
    public static List<DateTimeFormat> candidates(String text) {
        return DateTimeGuess.candidates(text);
    }

    /** Returns the same format with another unit. */
    DateTimeFormat withResolution(ChronoUnit other) {
        return other == resolution ? this : new DateTimeFormat(pattern, other);
    }

    public String pattern() {
        return pattern;
    }

    public ChronoUnit resolution() {
        return resolution;
    }

    /** Returns whether texts are integers that count time since 1970-01-01T00:00Z. */
    public boolean isEpoch() {
        return parts.epochMicros() > 0;
    }

    /** Returns the integer that is written for ticks, if {@link #isEpoch}. */
    public long epochNumber(long ticks) {
        return Math.floorDiv(ticks * tickMicros, parts.epochMicros());
    }

    /** Returns whether texts contain a year, a month and a day. */
    public boolean hasDate() {
        return isEpoch() || parts.has(DateTimePattern.Field.YEAR) && parts.has(DateTimePattern.Field.MONTH)
                && parts.has(DateTimePattern.Field.DAY);
    }

    /** Returns the offset or zone at the end of every text; empty if there is none. */
    String offset() {
        List<DateTimePattern.Part> all = parts.parts();
        DateTimePattern.Part end = all.get(all.size() - 1);
        return end.field() == DateTimePattern.Field.OFFSET ? end.text() : "";
    }

    /** Returns whether texts contain an hour. */
    public boolean hasTime() {
        return isEpoch() && parts.epochMicros() < EpochUnit.DAYS.micros() || parts.has(DateTimePattern.Field.HOUR)
                || parts.has(DateTimePattern.Field.HOUR_OF_HALF);
    }

    /**
     * Converts ticks to microseconds since 1970-01-01T00:00Z; digits of the second that texts do not have are zero. A format
     * without a zone is taken to be in UTC.
     */
    public long epochMicros(long ticks) {
        long local = ticks * tickMicros;
        if (digitMicros > tickMicros) {
            local = Math.floorDiv(local, digitMicros) * digitMicros;
        }
        ZoneRules rules = parts.rules();
        int offset = rules == null ? parts.offsetSeconds() : ZoneOffsets.ofLocal(rules, Math.floorDiv(local, 1_000_000L));
        return local - offset * 1_000_000L;
    }

    /** Returns the tick that contains an instant, given in microseconds since 1970-01-01T00:00Z. */
    public long ticksOf(long epochMicros) {
        ZoneRules rules = parts.rules();
        int offset = rules == null ? parts.offsetSeconds()
                : ZoneOffsets.ofInstant(rules, Math.floorDiv(epochMicros, 1_000_000L));
        return Math.floorDiv(epochMicros + offset * 1_000_000L, tickMicros);
    }

    /** Returns whether {@link #parse} accepts the text. */
    public boolean accepts(String text) {
        return micros(text) != DateTimePattern.INVALID;
    }

    /**
     * Returns the ticks of a text; what is below a tick is dropped.
     *
     * @throws DateTimeParseException if the text is not in this format
     */
    public long parse(String text) {
        long micros = micros(text);
        if (micros == DateTimePattern.INVALID) {
            throw new DateTimeParseException("not in the format " + pattern, text, 0);
        }
        return Math.floorDiv(micros, tickMicros);
    }

    /**
     * Returns the ticks of a text in this format, or in another one that cannot be misread, such as with the year first; empty
     * if it is neither.
     */
    public OptionalLong read(String text) {
        OptionalLong micros = DateTimeGuess.micros(text, this);
        return micros.isPresent() ? OptionalLong.of(Math.floorDiv(micros.getAsLong(), tickMicros)) : micros;
    }

    /** Returns a date that shows which number is the day and which the month. */
    public String example() {
        return printMicros(EXAMPLE_DAY * ChronoUnit.DAYS.getDuration().toNanos() / 1000);
    }

    /** Returns a printer for writing many texts. */
    public DateTimePrinter printer() {
        return new DateTimePrinter(parts.parts(), tickMicros);
    }

    /** Returns the text of ticks. */
    public String print(long ticks) {
        return printer().text(ticks);
    }

    /** Returns year, month and day in the order in which the pattern has them. */
    List<DateTimePattern.Field> dateFields() {
        return parts.parts().stream().map(DateTimePattern.Part::field).filter(field -> field == DateTimePattern.Field.YEAR
                || field == DateTimePattern.Field.MONTH || field == DateTimePattern.Field.DAY).toList();
    }

    /** Returns whether day and month cannot be confused, because the year is first or the month has a name. */
    boolean isUnambiguous() {
        List<DateTimePattern.Field> order = dateFields();
        return order.size() == 3 && order.get(0) == DateTimePattern.Field.YEAR && order.get(1) == DateTimePattern.Field.MONTH
                || parts.parts().stream()
                        .anyMatch(part -> part.field() == DateTimePattern.Field.MONTH && part.letters() > 2);
    }

    long micros(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return micros(bytes, 0, bytes.length);
    }

    /** Returns the microseconds since 1970-01-01T00:00 of the local time, or {@link DateTimePattern#INVALID}. */
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
