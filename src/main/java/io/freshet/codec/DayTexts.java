package io.freshet.codec;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.freshet.table.DateTimeFormat;

/**
 * Writes dates of the usual formats: the text of each day's midnight is kept as eight-byte words, copied, and the time of day
 * written over it.
 */
final class DayTexts implements DateText {

    /** A date of fixed width, or nothing but a date; then, perhaps, a time and what has no letters. */
    private static final Pattern USUAL = Pattern
            .compile(
                    "(?<date>(?:[uy]{4}(?![uy])|MM(?!M)|dd(?!d)|[-/. ])+(?:'T')?)HH:mm(?:(?<seconds>:ss)(?<fraction>\\.(?:S{3}|S{6}))?)?"
                            + "(?:'[^']+'|[^A-Za-z'])*|(?:[uyMd]|[^A-Za-z'])*");
    private static final int KEPT = 1 << 11;
    private static final int LEAST_WORDS = 2;
    private static final int MOST_WORDS = 6;
    private static final long MICROS_PER_DAY = ChronoUnit.DAYS.getDuration().toNanos() / 1000;
    /** From and to the days whose year has four digits. */
    private static final long FIRST_DAY = -719_162;
    private static final long LAST_DAY = 2_932_896;
    /** 1978-09-30: no other has a longer text. */
    private static final long LONGEST_DAY = 3_194;
    /** Those of {@code hh:mm:ss}. */
    private static final long COLONS = (long) ':' << 16 | (long) ':' << 40;

    private final DateText.Plain each;
    private final long ticksPerDay;
    private final double daysPerTick;
    private final long tickMicros;
    private final long secondsPerTick;
    private final int timeAt;
    private final boolean seconds;
    private final int fraction;
    private final int width;
    private final long[] days = new long[KEPT];
    private final int[] lengths = new int[KEPT];
    private final long[] words;
    private final byte[] scratch;

    DayTexts(DateTimeFormat format, DateText.Plain each) {
        this.each = each;
        tickMicros = tickMicros(format);
        secondsPerTick = tickMicros / 1_000_000;
        ticksPerDay = MICROS_PER_DAY / tickMicros;
        daysPerTick = 1.0 / ticksPerDay;
        Matcher usual = USUAL.matcher(format.pattern());
        boolean timed = usual.matches() && usual.group("date") != null;
        timeAt = timed ? each.quote().length() + usual.group("date").replace("'", "").length() : 0;
        seconds = timed && usual.group("seconds") != null;
        fraction = timed && usual.group("fraction") != null ? usual.group("fraction").length() - 1 : 0;
        width = Math.max(LEAST_WORDS, words(each, ticksPerDay));
        words = new long[KEPT * width];
        scratch = new byte[Math.max(each.widest(), 8 * width)];
        Arrays.fill(days, Long.MIN_VALUE);
    }

    private static int words(DateText.Plain each, long ticksPerDay) {
        return (each.write(LONGEST_DAY * ticksPerDay, new byte[each.widest()], 0) + 7) / 8;
    }

    private static long tickMicros(DateTimeFormat format) {
        return format.resolution().getDuration().toNanos() / 1000;
    }

    /** Whether the format is one of the usual ones. */
    static boolean canWrite(DateTimeFormat format, DateText.Plain each) {
        return USUAL.matcher(format.pattern()).matches()
                && words(each, MICROS_PER_DAY / tickMicros(format)) <= MOST_WORDS;
    }

    @Override
    public int widest() {
        return Math.max(each.widest(), 8 * width);
    }

    @Override
    public int write(long ticks, byte[] bytes, int at) {
        // a division of longs takes longer than all the rest; this one may be wrong by one
        long day = (long) (ticks * daysPerTick);
        long rest = ticks - day * ticksPerDay;
        if (rest < 0 || rest >= ticksPerDay) {
            day += rest < 0 ? -1 : 1;
            rest = ticks - day * ticksPerDay;
        }
        int slot = (int) day & KEPT - 1;
        if (days[slot] != day) {
            if (day < FIRST_DAY || day > LAST_DAY) {
                return each.write(ticks, bytes, at);
            }
            keep(day, slot);
        }
        int word = slot * width;
        Digits.WORD.set(bytes, at, words[word]);
        Digits.WORD.set(bytes, at + 8, words[word + 1]);
        for (int k = LEAST_WORDS; k < width; k++) {
            Digits.WORD.set(bytes, at + 8 * k, words[word + k]);
        }
        if (timeAt > 0) {
            writeTime(bytes, at + timeAt, rest);
        }
        return at + lengths[slot];
    }

    private void keep(long day, int slot) {
        lengths[slot] = each.write(day * ticksPerDay, scratch, 0);
        days[slot] = day;
        for (int k = 0; k < width; k++) {
            words[slot * width + k] = (long) Digits.WORD.get(scratch, 8 * k);
        }
    }

    private void writeTime(byte[] bytes, int at, long ticks) {
        long second = secondsPerTick > 0 ? ticks * secondsPerTick : ticks * tickMicros / 1_000_000;
        // quotients by 60, exact for all seconds of a day
        long minute = second * 559_241 >>> 25;
        long hour = minute * 559_241 >>> 25;
        long text = Digits.two((int) hour) | Digits.two((int) (minute - hour * 60)) << 24
                | Digits.two((int) (second - minute * 60)) << 48 | COLONS;
        if (seconds) {
            Digits.WORD.set(bytes, at, text);
        } else {
            writeMinutes(bytes, at, text);
        }
        if (fraction > 0) {
            writeFraction(bytes, at + 8, ticks * tickMicros - second * 1_000_000);
        }
    }

    private static void writeMinutes(byte[] bytes, int at, long text) {
        for (int i = 0; i < 5; i++) {
            bytes[at + i] = (byte) (text >>> 8 * i);
        }
    }

    private void writeFraction(byte[] bytes, int at, long micros) {
        long rest = fraction == 3 ? micros / 1_000 : micros;
        for (int digit = fraction; digit > 0; digit--) {
            bytes[at + digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
