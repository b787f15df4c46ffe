package io.freshet.table;

import java.util.List;

/**
 * The position of a {@link DateTimePattern} in a text, and the fields that it has read. Each step returns whether the text
 * matches there.
 */
final class DateTimeCursor {

    private static final int[] DAYS_BEFORE = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };

    private final byte[] bytes;
    private final int end;
    private final int offsetSeconds;
    private int at;
    private int number;
    private int year = 1970;
    private int month = 1;
    private int day = 1;
    private int hour;
    private int secondOfHour;
    private int micros;
    private int half = -1;
    private int shiftSeconds;

    /** @param offsetSeconds the offset of the zone that the pattern writes */
    DateTimeCursor(byte[] bytes, int from, int end, int offsetSeconds) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.offsetSeconds = offsetSeconds;
    }

    private boolean number(int min, int max) {
        int start = at;
        number = 0;
        while (at < end && at < start + max && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * 10 + bytes[at++] - '0';
        }
        return at - start >= min;
    }

    private boolean number(int min, int max, int smallest, int greatest) {
        return number(min, max) && number >= smallest && number <= greatest;
    }

    boolean year(int letters) {
        boolean read = number(letters, letters);
        year = letters == 2 ? number + (number < 69 ? 2000 : 1900) : number;
        return read;
    }

    boolean month(int min, int max) {
        boolean read = number(min, max, 1, 12);
        month = number;
        return read;
    }

    boolean month(List<String> names, boolean abbreviated) {
        for (int i = 0; i < names.size(); i++) {
            if (literal(abbreviated ? names.get(i).substring(0, 3) : names.get(i))) {
                month = i + 1;
                return true;
            }
        }
        return false;
    }

    /** Reads any weekday, because the date determines the right one. */
    boolean weekday(List<String> names, boolean abbreviated) {
        return names.stream().anyMatch(name -> literal(abbreviated ? name.substring(0, 3) : name));
    }

    boolean day(int min, int max) {
        boolean read = number(min, max, 1, 31);
        day = number;
        return read;
    }

    boolean hour(int min, int max, int greatest) {
        boolean read = number(min, max, greatest == 12 ? 1 : 0, greatest);
        hour = number;
        return read;
    }

    boolean minute(int min, int max) {
        boolean read = number(min, max, 0, 59);
        secondOfHour += number * 60;
        return read;
    }

    /** Reads seconds after a mark, or nothing. */
    boolean second(String mark, int min, int max) {
        if (!mark.isEmpty() && !literal(mark)) {
            return true;
        }
        boolean read = number(min, max, 0, 59);
        secondOfHour += number;
        return read;
    }

    /** Reads a fraction with a maximum number of digits after its point, or nothing. Digits below a microsecond are dropped. */
    boolean fraction(String point, int max) {
        if (!point.isEmpty() && !literal(point)) {
            return true;
        }
        int start = at;
        if (!number(1, Math.min(6, max))) {
            return false;
        }
        micros = number;
        for (int digits = at - start; digits < 6; digits++) {
            micros *= 10;
        }
        while (at < end && at < start + max && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return true;
    }

    boolean half(boolean small) {
        half = literal(small ? "am" : "AM") ? 0 : literal(small ? "pm" : "PM") ? 1 : -1;
        return half >= 0;
    }

    boolean literal(String text) {
        if (end - at < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        at += text.length();
        return true;
    }

    /** Reads an offset that differs from the pattern's. The instant is converted to the local time at the pattern's offset. */
    boolean otherOffset(boolean space) {
        if (space && !literal(" ")) {
            return false;
        }
        int sign = literal("Z") ? 0 : literal("+") ? 1 : literal("-") ? -1 : 2;
        if (sign == 2 || sign != 0 && !number(2, 2, 0, 18)) {
            return false;
        }
        int seconds = sign == 0 ? 0 : number * 3600;
        if (sign != 0 && at < end) {
            if (!literal(":") && at + 2 != end || !number(2, 2, 0, 59)) {
                return false;
            }
            seconds += number * 60;
        }
        shiftSeconds = offsetSeconds - sign * seconds;
        return true;
    }

    /** The offset that was read, of a pattern without one of its own. */
    int readOffsetSeconds() {
        return offsetSeconds - shiftSeconds;
    }

    /** The seconds east of Greenwich that an offset such as {@code +01:00} or {@code Z} says. */
    static int offsetSeconds(String offset) {
        byte[] bytes = offset.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        DateTimeCursor cursor = new DateTimeCursor(bytes, 0, bytes.length, 0);
        cursor.otherOffset(offset.startsWith(" "));
        return -cursor.shiftSeconds;
    }

    /**
     * Returns the local time that was read, in microseconds since 1970; INVALID if text is left over or the day does not exist.
     */
    long micros() {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int daysOfMonth = DAYS_BEFORE[month] - DAYS_BEFORE[month - 1] + (month == 2 && leap ? 1 : 0);
        if (at != end || day > daysOfMonth) {
            return DateTimePattern.INVALID;
        }
        int hours = half < 0 ? hour : hour % 12 + 12 * half;
        long before = year - 1L;
        long days = before * 365 + Math.floorDiv(before, 4L) - Math.floorDiv(before, 100L) + Math.floorDiv(before, 400L)
                + DAYS_BEFORE[month - 1] + (month > 2 && leap ? 1 : 0) + day - 1 - 719_162;
        return ((days * 24 + hours) * 3600 + secondOfHour + shiftSeconds) * 1_000_000 + micros;
    }
}
