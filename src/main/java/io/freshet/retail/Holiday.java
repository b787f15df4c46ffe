package io.freshet.retail;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * A special day that recurs every year.
 *
 * @param closed whether all stores are closed on the day
 * @param factor the factor on the number of visits, on the day and on the days before it
 * @param before how many days before the holiday the factor also applies to
 */
public record Holiday(String name, Rule rule, boolean closed, double factor, int before) {

    /** Determines the date of the holiday in a year. */
    public sealed interface Rule {
        LocalDate in(int year);
    }

    /** A fixed date. */
    public record Fixed(int month, int day) implements Rule {
        @Override
        public LocalDate in(int year) {
            return LocalDate.of(year, month, 1).plusDays(day - 1L);
        }
    }

    /** A number of days after Easter Sunday. */
    public record AfterEaster(int days) implements Rule {
        @Override
        public LocalDate in(int year) {
            return easter(year).plusDays(days);
        }
    }

    /** The nth occurrence of a weekday in a month, shifted by a number of days. */
    public record NthWeekday(int month, DayOfWeek weekday, int nth, int offset) implements Rule {
        @Override
        public LocalDate in(int year) {
            return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(nth, weekday)).plusDays(offset);
        }
    }

    /**
     * Returns Easter Sunday of the Gregorian calendar, by the anonymous algorithm of <i>Nature</i> 13 (1876) 487, in the
     * form of J. Meeus, <i>Astronomical Algorithms</i> (1991), chapter 8.
     */
    static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int n = h + l - 7 * m + 114;
        return LocalDate.of(year, n / 31, n % 31 + 1);
    }

    /**
     * Returns this holiday if it affects a date.
     *
     * @return empty if the date is neither the holiday nor one of the days before it
     */
    Optional<Holiday> on(LocalDate date) {
        for (int year = date.getYear(); year <= date.getYear() + 1; year++) {
            LocalDate day = rule.in(year);
            if (date.equals(day) || !closed && !date.isAfter(day) && date.isAfter(day.minusDays(before + 1L))) {
                return Optional.of(this);
            }
        }
        return Optional.empty();
    }
}
