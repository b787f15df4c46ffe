package io.freshet.retail;

import java.time.LocalDate;
import java.time.LocalTime;

import io.freshet.event.Ascii;
import io.freshet.stats.AliasTable;

/**
 * Everything about a store's day that is known before it starts. Times of the day are milliseconds since the start of the
 * day. The whole day uses the UTC offset of its noon: when clocks change, they do so at hours without events.
 */
final class DayPlan {

    /** Milliseconds from the start of the day to noon. */
    static final long NOON = 12 * 3_600_000L;
    private static final int LAST_ENTRY = 30 * 60_000;

    private final long day;
    private final Ascii stamp;
    private final long begin;
    private final boolean open;
    private final int opening;
    private final int closing;
    private final Weather weather;
    private final FootfallCurve footfall;
    private final AliasTable departments;
    private final OfferWeek offers;

    private DayPlan(Chain chain, Store store, LocalDate date, OfferWeek offers) {
        Parameters parameters = chain.parameters();
        Parameters.Region region = chain.regionOf(store);
        Parameters.Hours hours = chain.calendar().hours(chain.sizeOf(store), date);
        this.day = date.toEpochDay();
        this.stamp = stampOf(date);
        this.begin = date.atTime(LocalTime.NOON).atZone(region.zone()).toInstant().toEpochMilli() - NOON;
        this.open = chain.calendar().isOpen(date);
        this.opening = hours.open().toSecondOfDay() * 1000;
        this.closing = hours.close().toSecondOfDay() * 1000;
        this.weather = Weather.of(chain.seed(), store.region(), region, date);
        this.offers = offers;
        double visits = open
                ? chain.ordinaryVisits(store) * chain.calendar().factor(date) * weather.footfall(parameters.traffic())
                : 0;
        double[] weights = new double[24];
        for (int hour = 0; hour < 24; hour++) {
            weights[hour] = chain.calendar().hour(date, hour);
        }
        this.footfall = FootfallCurve.of(opening, closing - LAST_ENTRY, weights, visits);
        this.departments = AliasTable
                .of(parameters.departments().stream().mapToDouble(d -> d.weight() * weather.demand(d)).toArray());
    }

    static DayPlan of(Chain chain, Store store, LocalDate date, OfferWeek offers) {
        return new DayPlan(chain, store, date, offers);
    }

    /** Formats a date such as 20260318. */
    static Ascii stampOf(LocalDate date) {
        return Ascii.of(Integer.toString(date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth()));
    }

    /** Returns the days since 1970. */
    long day() {
        return day;
    }

    /** Returns the date in a form such as 20260318. */
    Ascii stamp() {
        return stamp;
    }

    /** Converts a time of the day to milliseconds since 1970. */
    long at(int millisOfDay) {
        return begin + millisOfDay;
    }

    boolean isOpen() {
        return open;
    }

    int opening() {
        return opening;
    }

    int closing() {
        return closing;
    }

    Weather weather() {
        return weather;
    }

    FootfallCurve footfall() {
        return footfall;
    }

    /** Returns a table that draws the department of a receipt line. */
    AliasTable departments() {
        return departments;
    }

    OfferWeek offers() {
        return offers;
    }
}
