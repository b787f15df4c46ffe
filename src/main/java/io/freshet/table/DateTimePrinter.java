package io.freshet.table;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes ticks in a {@link DateTimeFormat}, field by field and without allocating. The date is computed in integers by letting
 * the year begin in March (H. Hinnant, <i>chrono-Compatible Low-Level Date Algorithms</i>, 2013), in the Gregorian calendar for
 * all years. Not thread-safe.
 */
public final class DateTimePrinter {

    private static final long SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long DAYS_TO_1970 = 719_468;
    private static final long DAYS_PER_ERA = 146_097;
    /** No month name is longer, nor is the greatest year with its sign. */
    private static final int WIDEST_FIELD = 9;

    private final List<DateTimePattern.Part> parts;
    private final long tickMicros;
    private final int widest;
    private int year;
    private int month;
    private int day;
    private int weekday;
    private long localSeconds;
    private int secondOfDay;
    private int micros;
    private long allMicros;
    private byte[] bytes = {};
    private int at;

    DateTimePrinter(List<DateTimePattern.Part> parts, long tickMicros) {
        this.parts = parts;
        this.tickMicros = tickMicros;
        this.widest = widest(parts);
    }

    private static int widest(List<DateTimePattern.Part> parts) {
        int widest = 0;
        for (DateTimePattern.Part part : parts) {
            widest += part.letters() + part.text().getBytes(StandardCharsets.UTF_8).length
                    + (part.letters() == 0 ? 0 : WIDEST_FIELD);
        }
        return widest;
    }

    /** Returns the maximum number of bytes of a text. */
    public int widest() {
        return widest;
    }

    /**
     * Writes the text of ticks as UTF-8.
     *
     * @return the position after it
     */
    public int write(long ticks, byte[] to, int from) {
        long all = ticks * tickMicros;
        allMicros = all;
        long seconds = Math.floorDiv(all, SECOND);
        localSeconds = seconds;
        long days = Math.floorDiv(seconds, SECONDS_PER_DAY);
        setDate(days);
        // 1970-01-01 was a Thursday
        weekday = (int) Math.floorMod(days + 3, 7L);
        secondOfDay = (int) (seconds - days * SECONDS_PER_DAY);
        micros = (int) (all - seconds * SECOND);
        bytes = to;
        at = from;
        for (int i = 0; i < parts.size(); i++) {
            write(parts.get(i));
        }
        return at;
    }

    /** Returns the text of ticks. */
    public String text(long ticks) {
        byte[] to = new byte[widest()];
        return new String(to, 0, write(ticks, to, 0), StandardCharsets.UTF_8);
    }

    private void setDate(long epochDay) {
        long days = epochDay + DAYS_TO_1970;
        long era = Math.floorDiv(days, DAYS_PER_ERA);
        int dayOfEra = (int) (days - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    }

    private void write(DateTimePattern.Part part) {
        int width = part.letters();
        int hour = secondOfDay / 3600;
        switch (part.field()) {
            case YEAR -> year(width);
            case MONTH -> month(width, part.text().isEmpty());
            case WEEKDAY -> weekday(width);
            case DAY -> digits(day, width);
            case HOUR -> digits(hour, width);
            case HOUR_OF_HALF -> digits((hour + 11) % 12 + 1, width);
            case MINUTE -> digits(secondOfDay / 60 % 60, width);
            case SECOND -> {
                literal(part.text());
                digits(secondOfDay % 60, width);
            }
            case FRACTION -> fraction(part.text(), width);
            case HALF -> ascii(width == 2 ? hour < 12 ? "am" : "pm" : hour < 12 ? "AM" : "PM", 2);
            case LITERAL, OFFSET -> literal(part.text());
            case ZONE -> zone(part.text());
            case EPOCH -> epoch(part.text());
        }
    }

    private void zone(String lettersAndZone) {
        int blank = lettersAndZone.indexOf(' ');
        int offset = ZoneOffsets.ofLocal(ZoneOffsets.rules(lettersAndZone.substring(blank + 1)), localSeconds);
        literal(ZoneOffsets.text(offset, lettersAndZone.substring(0, blank)));
    }

    private void epoch(String pattern) {
        long number = Math.floorDiv(allMicros, EpochUnit.ofPattern(pattern).orElseThrow().micros());
        if (number < 0) {
            bytes[at++] = '-';
        }
        long rest = Math.abs(number);
        int end = at + 1;
        for (long more = rest / 10; more > 0; more /= 10) {
            end++;
        }
        for (int i = end - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        at = end;
    }

    private void year(int letters) {
        if (letters == 2) {
            digits(Math.floorMod(year, 100), 2);
            return;
        }
        if (year < 0) {
            bytes[at++] = '-';
        }
        digits(Math.abs(year), letters);
    }

    private void weekday(int letters) {
        String name = DateTimePattern.WEEKDAYS.get(weekday);
        ascii(name, letters <= 3 ? 3 : name.length());
    }

    private void month(int letters, boolean capitalized) {
        if (letters <= 2) {
            digits(month, letters);
        } else {
            String name = (capitalized ? DateTimePattern.MONTHS : DateTimePattern.UPPER_MONTHS).get(month - 1);
            ascii(name, letters == 3 ? 3 : name.length());
        }
    }

    /** Writes as many digits of the microseconds as there are, padded with zeros. */
    private void fraction(String point, int letters) {
        literal(point);
        int rest = micros;
        int place = 100_000;
        for (int i = 0; i < letters; i++) {
            int digit = place == 0 ? 0 : rest / place;
            bytes[at++] = (byte) ('0' + digit);
            rest -= digit * place;
            place /= 10;
        }
    }

    private void literal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                System.arraycopy(encoded, 0, bytes, at, encoded.length);
                at += encoded.length;
                return;
            }
        }
        ascii(text, text.length());
    }

    private void ascii(String text, int length) {
        for (int i = 0; i < length; i++) {
            bytes[at++] = (byte) text.charAt(i);
        }
    }

    private void digits(int number, int width) {
        int length = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            length++;
        }
        int end = at + Math.max(width, length);
        int rest = number;
        for (int i = end - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        at = end;
    }
}
