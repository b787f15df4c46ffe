package io.freshet.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a file with the default chain from one midnight to noon of the next day, using nothing but the file. */
class RetailDayFileTest {

    @TempDir
    static Path folder;

    private static RetailDayReport report;

    @BeforeAll
    static void write() throws IOException {
        Chain chain = Chain.generate(ParameterFile.defaults(), ChainSize.DEFAULT, 42);
        Instant begin = LocalDate.of(2026, 3, 18).atStartOfDay(RetailDayReport.ZONE).toInstant();
        Path file = folder.resolve("day.ndjson");
        RetailDayReport.write(chain, begin, begin.plus(Duration.ofHours(36)), file);
        report = RetailDayReport.of(file);
    }

    @Test
    void saysWhatIsSoldInEachHour() {
        assertThat(report.salesByHour.keySet()).containsExactly(7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21);
        int peak = report.salesByHour.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        assertThat(peak).isBetween(9, 19);
        assertThat(report.salesByHour.values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(report.revenueOfReceipts, within(0.01));
    }

    @Test
    void theTillsOfADaySumUpToItsReceipts() {
        // the stores are still open on the second day
        assertThat(report.types).containsEntry("store_closed", 50).containsEntry("store_opened", 100);
        assertThat(report.revenueOfDays / report.revenueOfReceipts).isBetween(0.55, 0.95);
    }

    @Test
    void saysWhatSellsBest() {
        assertThat(report.topProducts(10)).hasSize(10).allMatch(product -> product >= 1 && product <= 5_000);
        assertThat(report.shareOfTop(0.2, 5_000)).isBetween(0.6, 0.85);
    }

    @Test
    void saysHowOftenAShelfIsEmpty() {
        assertThat(report.stockoutRate()).isBetween(0.005, 0.06);
        assertThat(report.substituted / (double) report.stockouts).isBetween(0.35, 0.6);
    }

    @Test
    void saysHowLongItIsFromReorderToShelf() {
        assertThat(report.hoursFromReorderToShelf).hasSizeGreaterThan(1_000).allMatch(hours -> hours > 3 && hours < 24);
        assertThat(report.hoursFromReorderToShelf.stream().max(Comparator.naturalOrder()).orElseThrow()).isGreaterThan(12);
        assertThat(report.meanHoursFromReorderToShelf()).isBetween(8.0, 16.0);
    }
}
