package io.freshet.model.tree;

import java.time.temporal.ChronoUnit;

import io.freshet.table.DateTimeFormat;

/** A part of a date that trees may split on, in addition to the date itself. */
enum SeasonalPart {
    HALF_HOUR(48),
    WEEKDAY(7),
    /** The season: a span of six days within the year. */
    SEASON(61),
    MONTH(12);

    private static final int DAYS_PER_SPAN = 6;
    private static final long EPOCH_WEEKDAY = 3;

    private final int size;

    SeasonalPart(int size) {
        this.size = size;
    }

    /** Returns the number of values of this part. */
    int size() {
        return size;
    }

    /** Returns whether dates of this format have this part. */
    boolean isIn(DateTimeFormat format) {
        return this != HALF_HOUR || format.resolution() != ChronoUnit.DAYS;
    }

    /**
     * Returns this part of a date.
     *
     * @param ticks the time since 1970-01-01, in units of the format's resolution
     * @param ticksPerDay the number of ticks per day in the format
     * @return a value from 0 to size − 1
     */
    int of(long ticks, long ticksPerDay) {
        long day = Math.floorDiv(ticks, ticksPerDay);
        return switch (this) {
            case HALF_HOUR -> (int) (Math.floorMod(ticks, ticksPerDay) * 48 / ticksPerDay);
            case WEEKDAY -> (int) Math.floorMod(day + EPOCH_WEEKDAY, 7L);
            case SEASON -> dayOfYear(day) / DAYS_PER_SPAN;
            case MONTH -> month(day);
        };
    }

    /** Returns the day within a year that begins on 1 March, by H. Hinnant's algorithm for the proleptic Gregorian calendar. */
    private static int dayOfMarchYear(long day) {
        long shifted = day + 719_468;
        long inEra = Math.floorMod(shifted, 146_097L);
        long yearOfEra = (inEra - inEra / 1_460 + inEra / 36_524 - inEra / 146_096) / 365;
        return (int) (inEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100));
    }

    /** Returns the day of the year, 0 … 364. A leap day counts as 1 March. */
    private static int dayOfYear(long day) {
        int fromMarch = dayOfMarchYear(day);
        return fromMarch >= 306 ? fromMarch - 306 : fromMarch + 59;
    }

    /** Returns the month, from 0 (January) to 11. */
    private static int month(long day) {
        int fromMarch = (5 * dayOfMarchYear(day) + 2) / 153;
        return fromMarch < 10 ? fromMarch + 2 : fromMarch - 10;
    }

    static long ticksPerDay(DateTimeFormat format) {
        return ChronoUnit.DAYS.getDuration().toNanos() / format.resolution().getDuration().toNanos();
    }
}
