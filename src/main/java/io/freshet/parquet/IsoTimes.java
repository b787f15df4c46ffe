package io.freshet.parquet;

import java.time.LocalDate;

/**
 * Writes dates and times, given in microseconds since 1970-01-01T00:00Z, as pandas and DuckDB write them to CSV: instants end
 * in Z; fractions end with their last digit that is not zero.
 */
final class IsoTimes {

    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;

    private IsoTimes() {
    }

    static String date(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, DAY)).toString();
    }

    static String clock(long micros) {
        long second = Math.floorMod(micros, DAY) / SECOND;
        StringBuilder text = new StringBuilder(15);
        two(text, second / 3600).append(':');
        two(text, second / 60 % 60).append(':');
        two(text, second % 60);
        long fraction = Math.floorMod(micros, SECOND);
        if (fraction > 0) {
            String digits = Long.toString(SECOND + fraction).substring(1);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            text.append('.').append(digits, 0, end);
        }
        return text.toString();
    }

    private static StringBuilder two(StringBuilder text, long number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    static String local(long micros) {
        return date(micros) + ' ' + clock(micros);
    }

    static String instant(long micros) {
        return date(micros) + 'T' + clock(micros) + 'Z';
    }
}
