package io.freshet.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Recognises integers that count time since 1970. All must lie between 1990 and 2100 in the same unit; zero and minus one,
 * which stand for "never", may occur as well. The name of the column must say that it is a time, or the integers must be
 * regular: full minutes, or more in some hours of the day than in others.
 */
final class EpochGuess {

    private static final long EARLIEST_SECOND = 631_152_000L;
    private static final long LATEST_SECOND = 4_102_444_800L;
    private static final long USUAL_EARLIEST_SECOND = 946_684_800L;
    private static final long USUAL_LATEST_SECOND = 2_051_222_400L;
    private static final int MIN_NAMED = 5;
    private static final int MIN_REGULAR = 100;
    private static final long MIN_REGULAR_SECONDS = 14 * 86_400L;
    private static final int HOURS = 24;
    /** Chi-squared with 23 degrees of freedom exceeds this once in 10<sup>12</sup> columns of numbers that are no times. */
    private static final double UNEVEN = 110;
    /** Numbers that are multiples of this are round for people who count in tens. */
    private static final long ROUND = 100;
    private static final Set<String> TIME_WORDS = Set.of("time", "timestamp", "ts", "date", "datetime", "epoch", "unix",
            "unixtime", "created", "updated", "modified", "deleted", "since", "until", "expires", "expiry", "expired", "seen",
            "login", "occurred", "received", "sent", "logged", "when", "at");

    private final long[] values;
    private final EpochUnit unit;

    private EpochGuess(long[] values, EpochUnit unit) {
        this.values = values;
        this.unit = unit;
    }

    /**
     * @param name the name of the column
     * @param integers its values; {@link NumberVector#MISSING} for none
     * @return the unit in which the integers count time; empty if they do not
     */
    static Optional<EpochUnit> of(String name, long[] integers) {
        long[] values = Arrays.stream(integers).filter(value -> value != NumberVector.MISSING && value != 0 && value != -1)
                .sorted().toArray();
        if (values.length < MIN_NAMED || KeyNames.contain(name)) {
            return Optional.empty();
        }
        return Stream.of(EpochUnit.SECONDS, EpochUnit.MILLIS, EpochUnit.MICROS).map(unit -> new EpochGuess(values, unit))
                .filter(guess -> guess.lie(EARLIEST_SECOND, LATEST_SECOND))
                .filter(guess -> isTime(name) && guess.distinct() >= MIN_NAMED || guess.areRegular())
                .map(guess -> guess.unit).findFirst();
    }

    private static boolean isTime(String name) {
        return KeyNames.words(name).map(word -> word.toLowerCase(Locale.ROOT)).anyMatch(TIME_WORDS::contains);
    }

    private long perSecond() {
        return EpochUnit.SECONDS.micros() / unit.micros();
    }

    private boolean lie(long fromSecond, long toSecond) {
        return values[0] >= fromSecond * perSecond() && values[values.length - 1] < toSecond * perSecond();
    }

    private long distinct() {
        return Arrays.stream(values).distinct().count();
    }

    private boolean areRegular() {
        long span = (values[values.length - 1] - values[0]) / perSecond();
        boolean usual = lie(USUAL_EARLIEST_SECOND, USUAL_LATEST_SECOND) && span >= MIN_REGULAR_SECONDS
                && distinct() >= MIN_REGULAR && Arrays.stream(values).anyMatch(value -> value % ROUND != 0);
        return usual && hourDeviation() > UNEVEN || lie(USUAL_EARLIEST_SECOND, USUAL_LATEST_SECOND) && areFullMinutes();
    }

    private boolean areFullMinutes() {
        long minute = 60 * perSecond();
        return distinct() >= MIN_REGULAR && Arrays.stream(values).allMatch(value -> value % minute == 0)
                && Arrays.stream(values).anyMatch(value -> value / perSecond() % ROUND != 0);
    }

    /** Returns the chi-squared statistic of the hours of the day against equally frequent ones. */
    private double hourDeviation() {
        long[] distinct = Arrays.stream(values).distinct().toArray();
        long[] hours = new long[HOURS];
        for (long value : distinct) {
            hours[(int) (value / perSecond() / 3600 % HOURS)]++;
        }
        double expected = (double) distinct.length / HOURS;
        return Arrays.stream(hours).mapToDouble(hour -> (hour - expected) * (hour - expected) / expected).sum();
    }
}
