package io.freshet.retail;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** The parameters of a chain, as read from {@code retail/parameters.yaml}, which documents each number. */
public record Parameters(String currency, List<Region> regions, List<StoreSize> sizes, Traffic traffic, List<Holiday> holidays,
        List<Department> departments, Products products, List<Segment> segments, Visits visits, Stock stock, Offers offers,
        Advertising advertising, Tenders tenders, Logistics logistics) {

    public Parameters {
        regions = List.copyOf(regions);
        sizes = List.copyOf(sizes);
        holidays = List.copyOf(holidays);
        departments = List.copyOf(departments);
        segments = List.copyOf(segments);
    }

    /** Returns whether stores are open on a day. */
    public boolean isOpen(LocalDate day) {
        return new Calendar(this).isOpen(day);
    }

    /** A named choice with a relative weight. */
    public record Weighted(String name, double weight) {
        static double[] weights(List<Weighted> choices) {
            return choices.stream().mapToDouble(Weighted::weight).toArray();
        }
    }

    /** A region with its share of the stores, its time zone and its climate. */
    public record Region(String name, ZoneId zone, double share, double traffic, double temperature, double seasons,
            double rain) {
    }

    /** The opening hours of a store on a day. */
    public record Hours(LocalTime open, LocalTime close) {
        public Hours {
            if (close.isBefore(open.plusHours(2)) || open.isBefore(LocalTime.of(6, 45))
                    || close.isAfter(LocalTime.of(22, 30))) {
                throw new RetailException("opening hours must be at least two hours between 06:45 and 22:30");
            }
        }
    }

    /** A kind of store. Its hours are those of weekdays, Saturdays and Sundays, in this order. */
    public record StoreSize(String name, double share, double visits, double basket, double spread, double assortment,
            int registers, int columns, int beacons, List<Hours> hours) {
        public StoreSize {
            hours = List.copyOf(hours);
        }
    }

    /** When visitors come. The values for hours, and the factors, are relative. */
    public record Traffic(List<Double> weekdayHours, List<Double> weekendHours, List<Double> weekdays, List<Double> months,
            List<Integer> paydays, int paydayLasts, double paydayFactor, double rain, double heavyRain) {
        public Traffic {
            weekdayHours = List.copyOf(weekdayHours);
            weekendHours = List.copyOf(weekendHours);
            weekdays = List.copyOf(weekdays);
            months = List.copyOf(months);
            paydays = List.copyOf(paydays);
        }
    }

    /** A department, which is a zone of the store, and the goods in it. */
    public record Department(String name, double weight, double products, double price, double spread, double margin,
            int shelfLifeDays, double tax, double heat, int suppliers, List<Integer> goesWith, List<String> goods) {
        public Department {
            goesWith = List.copyOf(goesWith);
            goods = List.copyOf(goods);
        }

        /** Returns the tax rate in hundredths of a per cent. */
        public int taxBasisPoints() {
            return (int) Math.round(tax * 10_000);
        }
    }

    public record Products(List<String> brands, List<String> packs, double topFifth) {
        public Products {
            brands = List.copyOf(brands);
            packs = List.copyOf(packs);
        }
    }

    /** A segment of customers. */
    public record Segment(String name, double share, double basket, double loyal, double app, DayPart part) {
    }

    public record Visits(double perCustomer, double buying, double meanLines, double dispersion, double affinity,
            List<Double> quantities, double app, int seekSeconds, int lineSeconds, int crossSeconds, int pingSeconds,
            double away) {
        public Visits {
            quantities = List.copyOf(quantities);
        }
    }

    public record Stock(double coverDays, double reorderDays, double spoilage, double shrinkage, double substitution) {
    }

    /** A price reduction in per cent and its relative weight. */
    public record Reduction(int percent, double weight) {
    }

    /** The promotions. */
    public record Offers(int perWeek, int products, double uplift, List<Reduction> reductions) {
        public Offers {
            reductions = List.copyOf(reductions);
        }
    }

    /** The advertisements and their impressions. */
    public record Advertising(double perCustomer, double conversion, List<Weighted> channels) {
        public Advertising {
            channels = List.copyOf(channels);
        }
    }

    public record Tenders(List<Weighted> kinds, double split) {
        public Tenders {
            kinds = List.copyOf(kinds);
        }
    }

    public record Logistics(int stops, LocalTime firstArrival) {
    }
}
