package io.freshet.retail;

import java.time.LocalDate;
import java.time.LocalTime;

import io.freshet.event.Ascii;
import io.freshet.stats.AliasTable;

/**
 * What is known of a store's day before it begins. Times of the day are milliseconds since the day's beginning, whose offset
 * from UTC is that of its noon: when clocks change, they do so in hours in which nothing happens.
 */
final class DayPlan {

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
        this.begin = date.atTime(LocalTime.NOON).atZone(region.zone()).toInstant().toEpochMilli() - 12 * 3_600_000L;
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

    /** Such as 20260318. */
    static Ascii stampOf(LocalDate date) {
        return Ascii.of(Integer.toString(date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth()));
    }

    /** Days since 1970. */
    long day() {
        return day;
    }

    /** Such as 20260318. */
    Ascii stamp() {
        return stamp;
    }

    /** The moment of a time of the day, milliseconds since 1970. */
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

    /** Which department a line of a receipt is of. */
    AliasTable departments() {
        return departments;
    }

    OfferWeek offers() {
        return offers;
    }
}
