package io.freshet.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

/** Compares simulated statistics with the parameters that they should follow from. The seeds are fixed. */
class RetailStatisticsTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final double MIN_P = 0.001;
    private static final Parameters DEFAULTS = ParameterFile.defaults();
    /** Without promotions and affinity, purchases are drawn by chance alone. */
    private static final Parameters PLAIN = parameters("uplift: 2.5", "uplift: 1", "affinity: 0.22", "affinity: 0",
            "cover_days: 4.0", "cover_days: 100", "basket: 0.80, spread", "spread", "basket: 1.20, spread", "spread");
    /** A basket holds each product once, so only a product that is alone in its basket is drawn from all products. */
    private static final Parameters SINGLE = parameters("uplift: 2.5", "uplift: 1", "mean_lines: 7.0", "mean_lines: 1.01",
            "cover_days: 4.0", "cover_days: 100", "reorder_days: 1.15", "reorder_days: 50");
    private static final Parameters OFFERED = parameters("mean_lines: 7.0", "mean_lines: 1.01", "cover_days: 4.0",
            "cover_days: 100", "reorder_days: 1.15", "reorder_days: 50", "per_week: 24", "per_week: 60");
    private static final int LARGE = 2;

    /** Returns the default parameters with some texts replaced. */
    private static Parameters parameters(String... replacements) {
        try (InputStream in = RetailStatisticsTest.class.getResourceAsStream(ParameterFile.DEFAULTS)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (int i = 0; i < replacements.length; i += 2) {
                assertThat(text).contains(replacements[i]);
                text = text.replace(replacements[i], replacements[i + 1]);
            }
            return ParameterFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Chain chain(Parameters parameters, int stores, long seed) {
        return Chain.generate(parameters, new ChainSize(stores, 0, 600, 1), seed);
    }

    private static List<RetailEvent> day(Chain chain, LocalDate day) {
        Instant begin = day.atStartOfDay(ZONE).toInstant();
        return Chains.events(chain, begin, day.plusDays(1).atStartOfDay(ZONE).toInstant());
    }

    private static double chiSquare(double[] observed, double[] expected) {
        double sum = 0;
        for (int i = 0; i < observed.length; i++) {
            assertThat(expected[i]).isGreaterThan(5);
            sum += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
        }
        return sum;
    }

    private static void assertFits(double[] observed, double[] expected, int degrees) {
        double chi = chiSquare(observed, expected);
        assertThat(ChiSquaredDistribution.of(degrees).survivalProbability(chi))
                .as("p of %s against %s", Arrays.toString(observed), Arrays.toString(expected)).isGreaterThan(MIN_P);
    }

    /** Computes the expected visits of a day from the numbers in the parameter file. */
    private static double expectedVisits(Chain chain, LocalDate day) {
        double factor = chain.parameters().traffic().weekdays().get(day.getDayOfWeek().getValue() - 1)
                * chain.parameters().traffic().months().get(day.getMonthValue() - 1);
        double visits = 0;
        for (Store store : chain.data().stores()) {
            Parameters.StoreSize size = chain.parameters().sizes().get(store.size());
            Parameters.Region region = chain.parameters().regions().get(store.region());
            Weather weather = Weather.of(chain.seed(), store.region(), region, day);
            double rain = switch (weather.sky()) {
                case CLEAR -> 1;
                case RAIN -> chain.parameters().traffic().rain();
                case HEAVY_RAIN, SNOW -> chain.parameters().traffic().heavyRain();
            };
            visits += size.visits() * store.traffic() * region.traffic() * factor * rain;
        }
        return visits;
    }

    private static long visits(Chain chain, LocalDate day) {
        return day(chain, day).stream().filter(event -> event.type() == EventType.CUSTOMER_ENTERED).count();
    }

    /** Returns days from a date on that are neither holidays nor on or after a payday. */
    private static List<LocalDate> ordinaryDays(LocalDate from, int days, DayOfWeek... weekdays) {
        return from.datesUntil(from.plusYears(1)).filter(day -> Arrays.asList(weekdays).contains(day.getDayOfWeek()))
                .filter(day -> DEFAULTS.holidays().stream().noneMatch(holiday -> holiday.on(day).isPresent()))
                .filter(day -> day.getDayOfMonth() > 2 && day.getDayOfMonth() != 15 && day.getDayOfMonth() != 16)
                .limit(days).toList();
    }

    @Test
    void largerStoresSellLargerBaskets() {
        Chain chain = chain(DEFAULTS, 12, 61);
        double[] lines = new double[DEFAULTS.sizes().size()];
        double[] receipts = new double[lines.length];
        for (RetailEvent event : day(chain, LocalDate.of(2026, 3, 18))) {
            if (event.payload() instanceof ReceiptCreated receipt) {
                lines[receipt.store().size()] += receipt.lines();
                receipts[receipt.store().size()]++;
            }
        }

        double small = lines[0] / receipts[0];
        double medium = lines[1] / receipts[1];
        double large = lines[LARGE] / receipts[LARGE];
        assertThat(small).isLessThan(medium * 0.9);
        assertThat(large).isGreaterThan(medium * 1.1);
    }

    @Test
    void visitorsOfAnHourFollowTheCurve() {
        Chain chain = chain(DEFAULTS, 8, 101);
        double[] observed = new double[12];
        for (LocalDate day : ordinaryDays(LocalDate.of(2026, 3, 3), 20, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY)) {
            day(chain, day).stream().filter(event -> event.type() == EventType.CUSTOMER_ENTERED && event.store().size() == 0)
                    .forEach(event -> observed[Instant.ofEpochMilli(event.time()).atZone(ZONE).getHour() - 8]++);
        }
        double[] expected = new double[12];
        for (int hour = 8; hour < 20; hour++) {
            // visitors do not enter in the last half hour
            expected[hour - 8] = DEFAULTS.traffic().weekdayHours().get(hour) * (hour == 19 ? 0.5 : 1);
        }
        double scale = Arrays.stream(observed).sum() / Arrays.stream(expected).sum();
        assertThat(scale).isGreaterThan(100);

        assertFits(observed, Arrays.stream(expected).map(each -> each * scale).toArray(), 11);
    }

    @Test
    void visitorsOfADayFollowWeekdayAndWeather() {
        Chain chain = chain(DEFAULTS, 6, 102);
        double[] observed = new double[7];
        double[] expected = new double[7];
        for (LocalDate day : ordinaryDays(LocalDate.of(2026, 6, 8), 35, DayOfWeek.values())) {
            observed[day.getDayOfWeek().ordinal()] += visits(chain, day);
            expected[day.getDayOfWeek().ordinal()] += expectedVisits(chain, day);
        }

        assertFits(observed, expected, 7);
    }

    @Test
    void visitorsOfAMonthFollowTheSeason() {
        Chain chain = chain(DEFAULTS, 6, 103);
        double[] observed = new double[12];
        double[] expected = new double[12];
        for (int month = 1; month <= 12; month++) {
            for (LocalDate day : ordinaryDays(LocalDate.of(2026, month, 3), 4, DayOfWeek.MONDAY, DayOfWeek.THURSDAY)) {
                assertThat(day.getMonthValue()).isEqualTo(month);
                observed[month - 1] += visits(chain, day);
                expected[month - 1] += expectedVisits(chain, day);
            }
        }

        assertFits(observed, expected, 12);
        assertThat(observed[11] / observed[1]).isGreaterThan(1.05);
    }

    @Test
    void holidaysAndPaydaysMultiplyVisitors() {
        Chain chain = chain(DEFAULTS, 20, 104);
        LocalDate blackFriday = LocalDate.of(2026, 11, 27);
        LocalDate payday = LocalDate.of(2026, 6, 15);
        LocalDate easterSaturday = LocalDate.of(2026, 4, 4);
        double[] observed = { visits(chain, blackFriday), visits(chain, payday), visits(chain, easterSaturday) };
        double[] expected = { 1.35 * expectedVisits(chain, blackFriday), 1.08 * expectedVisits(chain, payday),
                1.30 * expectedVisits(chain, easterSaturday) };

        assertFits(observed, expected, 3);
    }

    @Test
    void receiptsHaveAsManyLinesAsTheDistributionSays() {
        Chain chain = chain(PLAIN, 6, 105);
        int cells = 24;
        double[] observed = new double[cells + 1];
        for (LocalDate day : ordinaryDays(LocalDate.of(2026, 3, 3), 6, DayOfWeek.TUESDAY, DayOfWeek.FRIDAY)) {
            for (RetailEvent event : day(chain, day)) {
                if (event.payload() instanceof ReceiptCreated receipt) {
                    observed[Math.min(cells, receipt.lines() - 1)]++;
                }
            }
        }
        double all = Arrays.stream(observed).sum();
        // 1 plus a negative binomial number with mean 6 and variance 6 + 6² / 1.6
        double success = 1.6 / (1.6 + 6);
        double[] expected = new double[cells + 1];
        double probability = StrictMath.pow(success, 1.6);
        expected[cells] = all;
        for (int k = 0; k < cells; k++) {
            expected[k] = all * probability;
            expected[cells] -= expected[k];
            probability *= (k + 1.6) / (k + 1) * (1 - success);
        }

        assertFits(observed, expected, cells);
    }

    @Test
    void theBestFifthOfTheProductsHasItsShare() {
        Chain chain = chain(SINGLE, 20, 106);
        Map<Integer, int[]> best = new HashMap<>();
        for (LocalDate day : ordinaryDays(LocalDate.of(2026, 3, 3), 6, DayOfWeek.values())) {
            for (RetailEvent event : day(chain, day)) {
                if (event.payload() instanceof ReceiptLineAdded line && event.store().size() == LARGE) {
                    Product product = chain.data().products().get(line.product() - 1);
                    int[] counts = best.computeIfAbsent(product.department(), d -> new int[2]);
                    counts[product.rank() * 5 < chain.productsOf(product.department()).size() ? 0 : 1]++;
                }
            }
        }
        best.forEach((department, counts) -> {
            int products = chain.productsOf(department).size();
            double exponent = Math.log(0.62) / Math.log(0.2);
            double share = Math.pow(Math.ceil(products / 5.0) / products, exponent);
            double all = counts[0] + counts[1];
            assertThat(counts[0] / all).as("department %d", department)
                    .isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / all)));
        });
        assertThat(best).hasSize(12);
    }

    @Test
    void departmentsHaveTheirSharesAndHeatSellsDrinks() {
        Chain chain = chain(SINGLE, 12, 107);
        double[] observed = new double[12];
        double[] expected = new double[12];
        double hottest = 0;
        for (LocalDate day : ordinaryDays(LocalDate.of(2026, 7, 6), 12, DayOfWeek.values())) {
            Map<Integer, double[]> lines = new HashMap<>();
            for (RetailEvent event : day(chain, day)) {
                if (event.payload() instanceof ReceiptLineAdded line) {
                    lines.computeIfAbsent(event.store().region(), region -> new double[12])[chain.data().products()
                            .get(line.product() - 1).department()]++;
                }
            }
            for (Map.Entry<Integer, double[]> region : lines.entrySet()) {
                Weather weather = Weather.of(chain.seed(), region.getKey(), SINGLE.regions().get(region.getKey()), day);
                hottest = Math.max(hottest, weather.celsius());
                double[] weights = SINGLE.departments().stream()
                        .mapToDouble(d -> d.weight() * (1 + d.heat() * Math.max(0, weather.celsius() - 22))).toArray();
                double scale = Arrays.stream(region.getValue()).sum() / Arrays.stream(weights).sum();
                for (int d = 0; d < 12; d++) {
                    observed[d] += region.getValue()[d];
                    expected[d] += weights[d] * scale;
                }
            }
        }

        assertThat(hottest).isGreaterThan(24);
        assertFits(observed, expected, 11);
    }

    @Test
    void promotionsSellAsManyTimesMoreAsTheySay() {
        Chain chain = chain(OFFERED, 12, 108);
        double promoted = 0;
        double lines = 0;
        double expected = 0;
        double variance = 0;
        for (LocalDate day : ordinaryDays(LocalDate.of(2026, 3, 3), 10, DayOfWeek.TUESDAY, DayOfWeek.FRIDAY)) {
            OfferWeek offers = OfferWeek.of(chain, OfferWeek.weekOf(day.toEpochDay()));
            for (RetailEvent event : day(chain, day)) {
                if (event.payload() instanceof ReceiptLineAdded line) {
                    Assortment assortment = chain.assortment(event.store().size());
                    int department = chain.data().products().get(line.product() - 1).department();
                    double share = promotedShare(assortment, department, offers);
                    double probability = 2.5 * share / (2.5 * share + 1 - share);
                    promoted += line.promotion() != null ? 1 : 0;
                    lines++;
                    expected += probability;
                    variance += probability * (1 - probability);
                }
            }
        }

        assertThat(lines).isGreaterThan(20_000);
        assertThat(promoted).isCloseTo(expected, within(4 * Math.sqrt(variance)));
    }

    /** Returns the share of a department's lines that its promoted products have without the promotion. */
    private static double promotedShare(Assortment assortment, int department, OfferWeek offers) {
        double all = 0;
        double offered = 0;
        for (int slot = assortment.start(department); slot < assortment.start(department + 1); slot++) {
            all += assortment.share(slot);
            offered += offers.of(assortment.product(slot)) >= 0 ? assortment.share(slot) : 0;
        }
        return offered / all;
    }

    @Test
    void impressionsBringCustomersWhoUseThePromotion() {
        Chain chain = Chain.generate(DEFAULTS, new ChainSize(6, 4_000, 600, 1), 109);
        Map<Object, Integer> seen = new HashMap<>();
        int impressions = 0;
        int brought = 0;
        int used = 0;
        for (LocalDate day : ordinaryDays(LocalDate.of(2026, 3, 3), 6, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY)) {
            for (RetailEvent event : day(chain, day)) {
                if (event.payload() instanceof AdImpression impression) {
                    seen.put(impression.impression(), impression.customer());
                    impressions++;
                } else if (event.payload() instanceof CustomerEntered entered && entered.impression() != null) {
                    assertThat(seen.get(entered.impression())).isEqualTo(entered.customer());
                    brought++;
                } else if (event.payload() instanceof PromotionApplied applied && applied.impression() != null) {
                    used++;
                }
            }
        }

        // some customers would come too late or are away
        assertThat(brought / (double) impressions).isBetween(0.07, 0.12);
        assertThat(used / (double) brought).isGreaterThan(0.6);
    }
}
