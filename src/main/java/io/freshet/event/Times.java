package io.freshet.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/** Parses the times in records. A time without a zone is in UTC. */
public final class Times {

    private static final long DAY_MILLIS = 86_400_000L;

    private Times() {
    }

    /**
     * Converts a value to milliseconds since 1970. The value is a number, or a text in ISO 8601: a date, or a date and a
     * time with or without a zone. The unit of a number is chosen by its size ({@link TimeUnits#AUTO}).
     *
     * @return the milliseconds; empty if the value is anything else
     */
    public static OptionalLong millis(@Nullable Object value) {
        return millis(value, TimeUnits.AUTO);
    }

    /** Converts a value to milliseconds since 1970, as {@link #millis(Object)} does, with numbers in the given unit. */
    public static OptionalLong millis(@Nullable Object value, TimeUnits unit) {
        if (value instanceof String text) {
            return millis(text);
        }
        return value instanceof Number number ? unit.millis(number) : OptionalLong.empty();
    }

    /**
     * Converts a text in ISO 8601 to milliseconds since 1970.
     *
     * @return the milliseconds; empty if the text is not in ISO 8601
     */
    public static OptionalLong millis(String text) {
        int length = text.length();
        if (length < 10 || !isDigit(text.charAt(0)) || text.charAt(4) != '-') {
            return OptionalLong.empty();
        }
        if (length >= 20 && length <= 24 && text.charAt(length - 1) == 'Z') {
            long quick = quick(text, length - 1);
            if (quick != Long.MIN_VALUE) {
                return OptionalLong.of(quick);
            }
        }
        try {
            return OptionalLong.of(slow(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Parses the usual form, {@code 2026-03-01T12:00:00.250Z}.
     *
     * @return the milliseconds; {@link Long#MIN_VALUE} if the text needs the full parser
     */
    private static long quick(String text, int end) {
        if (text.charAt(10) != 'T' || text.charAt(7) != '-' || text.charAt(13) != ':' || text.charAt(16) != ':'
                || end > 19 && text.charAt(19) != '.' || end == 20) {
            return Long.MIN_VALUE;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int fraction = end > 20 ? number(text, 20, end) : 0;
        if ((year | month | day | hour | minute | second | fraction) < 0 || month < 1 || month > 12 || day < 1 || day > 28
                || hour > 23 || minute > 59 || second > 59) {
            return Long.MIN_VALUE;
        }
        int millis = end - 20 == 1 ? fraction * 100 : end - 20 == 2 ? fraction * 10 : fraction;
        return epochDay(year, month, day) * DAY_MILLIS + ((hour * 60L + minute) * 60 + second) * 1000 + millis;
    }

    /**
     * Returns the days since 1970 in the Gregorian calendar. Counting years from March to February gives the months a
     * regular length.
     */
    private static long epochDay(int year, int month, int day) {
        long y = month > 2 ? year : year - 1L;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    /**
     * Parses digits.
     *
     * @return the number; negative if a character is not a digit
     */
    private static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Instant slow(String text) {
        String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
        if (iso.length() == 10) {
            return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        boolean zoned = iso.endsWith("Z") || iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
        return zoned ? OffsetDateTime.parse(iso).toInstant() : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }
}
