package io.freshet.retail;

/** A part of the day that a segment of customers prefers. */
public enum DayPart {
    MORNING,
    NOON,
    EVENING;

    private static final int HOUR_MILLIS = 3_600_000;

    /** Returns the part that a time of the day, in milliseconds, belongs to. */
    static DayPart at(long millisOfDay) {
        int hour = (int) (millisOfDay / HOUR_MILLIS);
        return hour < 11 ? MORNING : hour < 16 ? NOON : EVENING;
    }
}
