package io.freshet.model.relation;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.LongToIntFunction;
import java.util.function.ToIntFunction;

import io.freshet.table.ColumnType;

/** A part of a date or of a time of day, counted from 0. */
public enum DatePart {

    /** The year, counted from {@link #FIRST_YEAR}. */
    YEAR(400),
    QUARTER(4),
    MONTH(12),
    WEEK(53),
    DAY(31),
    WEEKDAY(7),
    HOUR(24),
    MINUTE(60);

    /** Earlier years are treated as this one. */
    public static final int FIRST_YEAR = 1800;

    private static final int HOURS = 24;
    private static final int MINUTES = 60;

    private final int size;

    DatePart(int size) {
        this.size = size;
    }

    /** Returns the number of values of this part. */
    int size() {
        return size;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether dates of this type have the part. */
    boolean isIn(ColumnType.DateTime type) {
        long perDay = perDay(type);
        return this == HOUR ? perDay >= HOURS : this == MINUTE ? perDay >= HOURS * MINUTES : type.format().hasDate();
    }

    private static long perDay(ColumnType.DateTime type) {
        return Duration.ofDays(1).dividedBy(type.format().resolution().getDuration());
    }

    /** Returns a function that extracts this part from the ticks of a date. */
    LongToIntFunction of(ColumnType.DateTime type) {
        long perDay = perDay(type);
        if (this == HOUR) {
            return ticks -> (int) (Math.floorMod(ticks, perDay) / (perDay / HOURS));
        }
        if (this == MINUTE) {
            long perMinute = perDay / HOURS / MINUTES;
            return ticks -> (int) (Math.floorMod(ticks, perDay) / perMinute % MINUTES);
        }
        if (this == WEEKDAY) {
            return ticks -> (int) Math.floorMod(Math.floorDiv(ticks, perDay) + 3, 7L);
        }
        ToIntFunction<LocalDate> part = ofDay();
        return ticks -> part.applyAsInt(LocalDate.ofEpochDay(Math.floorDiv(ticks, perDay)));
    }

    private ToIntFunction<LocalDate> ofDay() {
        return switch (this) {
            case YEAR -> day -> Math.min(Math.max(day.getYear() - FIRST_YEAR, 0), size - 1);
            case QUARTER -> day -> (day.getMonthValue() - 1) / 3;
            case MONTH -> day -> day.getMonthValue() - 1;
            case WEEK -> day -> (day.getDayOfYear() - 1) / 7;
            default -> day -> day.getDayOfMonth() - 1;
        };
    }
}
