package io.freshet.event;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * Writes JSON values: texts that are already escaped, whole numbers, amounts of money and times. The caller reserves memory
 * once per event, so these methods do not check the capacity. Not thread-safe.
 */
public final class JsonBytes {

    private static final int DAY_MILLIS = 86_400_000;
    private static final Ascii NULL = Ascii.of("null");
    private static final byte[] PAIRS = pairs();

    private final byte[] clock = "2000-01-01T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
    private byte[] bytes;
    private int at;
    private long clockDay = Long.MIN_VALUE;
    private long clockSecond = Long.MIN_VALUE;

    JsonBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    void move(byte[] to, int position) {
        bytes = to;
        at = position;
    }

    /** Returns the position of the next byte to write. */
    public int position() {
        return at;
    }

    public JsonBytes put(Ascii text) {
        at = text.write(bytes, at);
        return this;
    }

    /** Writes a text in quotes, or {@code null}. */
    public JsonBytes textOrNull(@Nullable Ascii text) {
        return text == null ? put(NULL) : put('"').put(text).put('"');
    }

    /** Writes a positive number, or {@code null} for 0. */
    public JsonBytes numberOrNull(int number) {
        return number == 0 ? put(NULL) : number(number);
    }

    public JsonBytes put(char ascii) {
        bytes[at++] = (byte) ascii;
        return this;
    }

    /** Writes a whole number. */
    public JsonBytes number(long number) {
        if (number < 0) {
            bytes[at++] = '-';
            return number(-number);
        }
        if (number < 100) {
            if (number >= 10) {
                pair((int) number);
            } else {
                bytes[at++] = (byte) ('0' + number);
            }
            return this;
        }
        int end = at + digits(number);
        long rest = number;
        int next = end;
        while (rest >= 100) {
            long quotient = rest / 100;
            next -= 2;
            pairAt(next, (int) (rest - quotient * 100));
            rest = quotient;
        }
        if (rest >= 10) {
            pairAt(next - 2, (int) rest);
        } else {
            bytes[next - 1] = (byte) ('0' + rest);
        }
        at = end;
        return this;
    }

    private static int digits(long number) {
        int digits = 1;
        long bound = 10;
        while (digits < 19 && number >= bound) {
            digits++;
            bound *= 10;
        }
        return digits;
    }

    /** Writes a whole number, padded with leading zeros to a minimum width. */
    public JsonBytes padded(long number, int width) {
        for (int i = digits(number); i < width; i++) {
            bytes[at++] = '0';
        }
        return number(number);
    }

    /** Writes an amount in hundredths as a decimal number with two fraction digits, such as 12.30. */
    public JsonBytes cents(long cents) {
        long rest = cents;
        if (rest < 0) {
            bytes[at++] = '-';
            rest = -rest;
        }
        number(rest / 100);
        bytes[at++] = '.';
        pair((int) (rest % 100));
        return this;
    }

    /** Writes a time as a JSON text: ISO 8601 in UTC, with milliseconds. */
    public JsonBytes time(long epochMillis) {
        long second = Math.floorDiv(epochMillis, 1000L);
        if (second != clockSecond) {
            set(second);
        }
        int millis = (int) (epochMillis - second * 1000);
        clock[20] = (byte) ('0' + millis / 100);
        clock[21] = PAIRS[millis % 100 * 2];
        clock[22] = PAIRS[millis % 100 * 2 + 1];
        bytes[at] = '"';
        System.arraycopy(clock, 0, bytes, at + 1, clock.length);
        at += clock.length + 1;
        bytes[at++] = '"';
        return this;
    }

    private void set(long second) {
        long day = Math.floorDiv(second, DAY_MILLIS / 1000L);
        if (day != clockDay) {
            byte[] date = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(date, 0, clock, 0, 10);
            clockDay = day;
        }
        int ofDay = (int) (second - day * (DAY_MILLIS / 1000L));
        two(11, ofDay / 3600);
        two(14, ofDay / 60 % 60);
        two(17, ofDay % 60);
        clockSecond = second;
    }

    private void two(int position, int number) {
        clock[position] = PAIRS[2 * number];
        clock[position + 1] = PAIRS[2 * number + 1];
    }

    private void pair(int number) {
        pairAt(at, number);
        at += 2;
    }

    private void pairAt(int position, int number) {
        bytes[position] = PAIRS[2 * number];
        bytes[position + 1] = PAIRS[2 * number + 1];
    }
}
