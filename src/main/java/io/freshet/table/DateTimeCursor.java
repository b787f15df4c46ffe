package io.freshet.table;

import java.util.List;

/** Where a {@link DateTimePattern} is in a text, and the fields it has read. Each step says whether the text is right there. */
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

    /** @param offsetSeconds of the zone that the pattern writes */
    DateTimeCursor(byte[] bytes, int from, int end, int offsetSeconds) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.offsetSeconds = offsetSeconds;
    }

    private boolean number(int least, int most) {
        int start = at;
        number = 0;
        while (at < end && at < start + most && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * 10 + bytes[at++] - '0';
        }
        return at - start >= least;
    }

    private boolean number(int least, int most, int smallest, int greatest) {
        return number(least, most) && number >= smallest && number <= greatest;
    }

    boolean year(int letters) {
        boolean read = number(letters, letters);
        year = letters == 2 ? number + (number < 69 ? 2000 : 1900) : number;
        return read;
    }

    boolean month(int least, int most) {
        boolean read = number(least, most, 1, 12);
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

    boolean day(int least, int most) {
        boolean read = number(least, most, 1, 31);
        day = number;
        return read;
    }

    boolean hour(int least, int most, int greatest) {
        boolean read = number(least, most, greatest == 12 ? 1 : 0, greatest);
        hour = number;
        return read;
    }

    boolean minute(int least, int most) {
        boolean read = number(least, most, 0, 59);
        secondOfHour += number * 60;
        return read;
    }

    /** Seconds behind a mark, or nothing. */
    boolean second(String mark, int least, int most) {
        if (!mark.isEmpty() && !literal(mark)) {
            return true;
        }
        boolean read = number(least, most, 0, 59);
        secondOfHour += number;
        return read;
    }

    /** A fraction of at most so many digits after its point, or nothing; what is below a microsecond is dropped. */
    boolean fraction(String point, int most) {
        if (!point.isEmpty() && !literal(point)) {
            return true;
        }
        int start = at;
        if (!number(1, Math.min(6, most))) {
            return false;
        }
        micros = number;
        for (int digits = at - start; digits < 6; digits++) {
            micros *= 10;
        }
        while (at < end && at < start + most && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return true;
    }

    boolean half() {
        half = literal("AM") ? 0 : literal("PM") ? 1 : -1;
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

    /** Another offset than the pattern's: the same instant is what the clock of the pattern's offset says then. */
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

    /** The seconds east of Greenwich that an offset such as {@code +01:00} or {@code Z} says. */
    static int offsetSeconds(String offset) {
        byte[] bytes = offset.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        DateTimeCursor cursor = new DateTimeCursor(bytes, 0, bytes.length, 0);
        cursor.otherOffset(offset.startsWith(" "));
        return -cursor.shiftSeconds;
    }

    /** The local time that was read, in microseconds since 1970; INVALID if text is left or the day does not exist. */
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
