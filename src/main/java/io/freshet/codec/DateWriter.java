package io.freshet.codec;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

import io.freshet.table.ColumnVector;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.NumberVector;

/**
 * Ticks as dates. The texts of recent days are kept, so that a date costs a copy, and the time of day of the usual formats is
 * written
 * digit by digit.
 */
final class DateWriter implements FieldWriter {

    private static final int WIDEST_DATE = 64;
    private static final int CACHE = 1 << 12;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final Piece before;
    private final Piece missing;
    private final DateTimeFormat format;
    private final String quote;
    private final long ticksPerDay;
    private final long[] days = new long[CACHE];
    private final byte[][] texts = new byte[CACHE][];
    private final int timeAt;
    private final int fraction;
    private final boolean withSeconds;
    private final boolean fast;

    DateWriter(Piece before, Piece missing, DateTimeFormat format, String quote) {
        this.before = before;
        this.missing = missing;
        this.format = format;
        this.quote = quote;
        this.ticksPerDay = ChronoUnit.DAYS.getDuration().toNanos() / format.resolution().getDuration().toNanos();
        Arrays.fill(days, Long.MIN_VALUE);
        String pattern = format.pattern().replace("'", "");
        this.timeAt = pattern.indexOf("HH:mm");
        int point = pattern.indexOf(".S");
        this.fraction = point < 0 ? 0 : (int) pattern.chars().filter(c -> c == 'S').count();
        this.withSeconds = pattern.contains("ss");
        // with a time, the date before it must have a fixed width
        this.fast = ticksPerDay == 1 || timeAt == 11 && (fraction == 0 || fraction == 3 || fraction == 6);
    }

    @Override
    public int widest(ColumnVector vector, int rows) {
        return Math.max(before.length() + WIDEST_DATE, missing.length());
    }

    @Override
    public void write(ColumnVector vector, byte[] bytes, int[] ends, int rows) {
        long[] ticks = ((NumberVector) vector).values();
        for (int i = 0; i < rows; i++) {
            ends[i] = ticks[i] == NumberVector.MISSING ? missing.write(bytes, ends[i])
                    : writeDate(ticks[i], bytes, before.write(bytes, ends[i]));
        }
    }

    private int writeDate(long ticks, byte[] bytes, int at) {
        if (!fast) {
            return Digits.ascii(bytes, at, quote + format.print(ticks) + quote);
        }
        long day = Math.floorDiv(ticks, ticksPerDay);
        byte[] text = textOf(day);
        System.arraycopy(text, 0, bytes, at, text.length);
        if (ticksPerDay > 1) {
            writeTime(bytes, at + quote.length() + timeAt, ticks - day * ticksPerDay);
        }
        return at + text.length;
    }

    /** The text of midnight of a day. */
    private byte[] textOf(long day) {
        int slot = (int) day & CACHE - 1;
        if (days[slot] != day) {
            texts[slot] = (quote + format.print(day * ticksPerDay) + quote).getBytes(StandardCharsets.UTF_8);
            days[slot] = day;
        }
        return texts[slot];
    }

    /** The resolution may be coarser or finer than what the format shows. */
    private void writeTime(byte[] bytes, int at, long timeOfDay) {
        long micros = timeOfDay * (MICROS_PER_DAY / ticksPerDay);
        long seconds = micros / 1_000_000;
        two(bytes, at, (int) (seconds / 3600));
        two(bytes, at + 3, (int) (seconds / 60 % 60));
        if (withSeconds) {
            two(bytes, at + 6, (int) (seconds % 60));
        }
        long rest = micros % 1_000_000 / (fraction == 3 ? 1_000 : 1);
        for (int digit = fraction; digit > 0; digit--) {
            bytes[at + 8 + digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static void two(byte[] bytes, int at, int number) {
        bytes[at] = (byte) ('0' + number / 10);
        bytes[at + 1] = (byte) ('0' + number % 10);
    }
}
