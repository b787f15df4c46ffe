package io.freshet.codec;

import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.freshet.table.ColumnVector;
import io.freshet.table.DateTimeFormat;
import io.freshet.table.NumberVector;

/**
 * Writes ticks as dates of the common formats. It caches the text of each day's midnight as eight-byte words, copies it and
 * overwrites the time of day. Not thread-safe.
 */
final class CachedDateWriter implements FieldWriter {

    /** A date of fixed width, optionally followed by a time and by characters that are not letters; or only a date. */
    private static final Pattern USUAL = Pattern
            .compile(
                    "(?<date>(?:[uy]{4}(?![uy])|MM(?!M)|dd(?!d)|[-/. ])+(?:'T')?)HH:mm(?:(?<seconds>:ss)(?<fraction>\\.(?:S{3}|S{6}))?)?"
                            + "(?:'[^']+'|[^A-Za-z'])*|(?:[uyMd]|[^A-Za-z'])*");
    private static final int KEPT = 1 << 11;
    /** Most texts need no more words than this, and one extra word costs less than a loop. */
    private static final int MIN_WORDS = 3;
    private static final int MAX_WORDS = 6;
    private static final long MICROS_PER_DAY = ChronoUnit.DAYS.getDuration().toNanos() / 1000;
    /** The first and the last day whose year has four digits. */
    private static final long FIRST_DAY = -719_162;
    private static final long LAST_DAY = 2_932_896;
    /** 1978-09-30, whose text is at least as long as that of any other day. */
    private static final long MAX_DAY = 3_194;
    /** {@code hh:mm:} for every minute of a day, followed by two zero bytes. */
    private static final long[] MINUTES = minutes();
    /** The number of low bits of a cache key that hold the length of the text; the day is in the bits above. */
    private static final int LENGTH_BITS = 8;

    private final ByteFragment before;
    private final ByteFragment missing;
    private final DateText.Plain each;
    private final long ticksPerDay;
    private final double daysPerTick;
    private final long tickMicros;
    private final long secondsPerTick;
    private final int timeAt;
    private final boolean seconds;
    private final int fraction;
    private final int width;
    /** The key of each cached day followed by its text, side by side so that they are fetched together. */
    private final long[] kept;
    private final byte[] scratch;

    CachedDateWriter(ByteFragment before, ByteFragment missing, DateTimeFormat format, DateText.Plain each) {
        this.before = before;
        this.missing = missing;
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
        width = Math.max(MIN_WORDS, words(each, ticksPerDay));
        kept = new long[KEPT * (width + 1)];
        scratch = new byte[Math.max(each.widest(), 8 * width)];
        // zero is also the key of day 0, which belongs in this entry
        keep(0, 0);
    }

    private static long[] minutes() {
        long[] minutes = new long[24 * 60];
        for (int i = 0; i < minutes.length; i++) {
            minutes[i] = Digits.two(i / 60) | (long) ':' << 16 | Digits.two(i % 60) << 24 | (long) ':' << 40;
        }
        return minutes;
    }

    private static int words(DateText.Plain each, long ticksPerDay) {
        return (each.write(MAX_DAY * ticksPerDay, new byte[each.widest()], 0) + 7) / 8;
    }

    private static long tickMicros(DateTimeFormat format) {
        return format.resolution().getDuration().toNanos() / 1000;
    }

    /** Returns whether this writer supports the format. */
    static boolean canWrite(DateTimeFormat format, DateText.Plain each) {
        return USUAL.matcher(format.pattern()).matches()
                && words(each, MICROS_PER_DAY / tickMicros(format)) <= MAX_WORDS;
    }

    @Override
    public long widest(ColumnVector vector, int from, int rows) {
        return Math.max(before.length() + Math.max(each.widest(), 8 * width), missing.widest());
    }

    @Override
    public void write(ColumnVector vector, int from, int rows, byte[] bytes, int[] ends) {
        long[] values = ((NumberVector) vector).values();
        // locals, because fields would be read again for every row
        long[] days = kept;
        int stride = width + 1;
        long perDay = ticksPerDay;
        double dayPerTick = daysPerTick;
        int time = timeAt;
        for (int i = 0; i < rows; i++) {
            long ticks = values[from + i];
            if (ticks == NumberVector.MISSING) {
                ends[i] = missing.write(bytes, ends[i]);
                continue;
            }
            int at = before.write(bytes, ends[i]);
            // a division of longs takes longer than everything else; this quotient may be off by one
            long day = (long) (ticks * dayPerTick);
            long rest = ticks - day * perDay;
            if (rest < 0 || rest >= perDay) {
                day += rest < 0 ? -1 : 1;
                rest = ticks - day * perDay;
            }
            int entry = ((int) day & KEPT - 1) * stride;
            if (days[entry] >> LENGTH_BITS != day && !keep(day, entry)) {
                ends[i] = each.write(ticks, bytes, at);
                continue;
            }
            Digits.WORD.set(bytes, at, days[entry + 1]);
            Digits.WORD.set(bytes, at + 8, days[entry + 2]);
            Digits.WORD.set(bytes, at + 16, days[entry + 3]);
            if (stride > MIN_WORDS + 1) {
                writeRest(bytes, at, entry + 1);
            }
            if (time > 0) {
                writeTime(bytes, at + time, rest);
            }
            ends[i] = at + (int) (days[entry] & (1 << LENGTH_BITS) - 1);
        }
    }

    /** Caches a day and returns whether its year has four digits, as cached days must. */
    private boolean keep(long day, int entry) {
        if (day < FIRST_DAY || day > LAST_DAY) {
            return false;
        }
        kept[entry] = day << LENGTH_BITS | each.write(day * ticksPerDay, scratch, 0);
        for (int k = 0; k < width; k++) {
            kept[entry + 1 + k] = (long) Digits.WORD.get(scratch, 8 * k);
        }
        return true;
    }

    private void writeRest(byte[] bytes, int at, int text) {
        for (int k = MIN_WORDS; k < width; k++) {
            Digits.WORD.set(bytes, at + 8 * k, kept[text + k]);
        }
    }

    private void writeTime(byte[] bytes, int at, long ticks) {
        long second = secondsPerTick > 0 ? ticks * secondsPerTick : ticks * tickMicros / 1_000_000;
        // the quotient by 60, exact for all seconds of a day
        int minute = (int) (second * 559_241 >>> 25);
        long text = MINUTES[minute] | Digits.two((int) second - minute * 60) << 48;
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
