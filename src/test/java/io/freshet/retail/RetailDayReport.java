package io.freshet.retail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.event.JsonEventBuffer;

/**
 * Answers the questions of an analyst from a file of events alone. Run by hand, it prints the answers for a day of the
 * default chain.
 */
public final class RetailDayReport {

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<Integer, Double> salesByHour = new TreeMap<>();
    final Map<Integer, Double> salesByProduct = new HashMap<>();
    final Map<String, Integer> types = new TreeMap<>();
    final List<Double> hoursFromReorderToShelf = new ArrayList<>();
    private final Map<String, Instant> reordered = new HashMap<>();
    double revenueOfReceipts;
    double revenueOfDays;
    int stockouts;
    int substituted;
    int linesSold;

    private RetailDayReport() {
    }

    static RetailDayReport of(Path file) throws IOException {
        RetailDayReport report = new RetailDayReport();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                report.add(JSON.readTree(line));
            }
        }
        return report;
    }

    private void add(JsonNode event) {
        JsonNode payload = event.get("payload");
        Instant time = Instant.parse(event.get("ingest_timestamp").asText());
        String stock = payload.path("store_id").asText() + '/' + payload.path("product_id").asText();
        types.merge(event.get("event_type").asText(), 1, Integer::sum);
        switch (event.get("event_type").asText()) {
            case "receipt_created" -> {
                revenueOfReceipts += payload.get("total").asDouble();
                salesByHour.merge(time.atZone(ZONE).getHour(), payload.get("total").asDouble(), Double::sum);
            }
            case "receipt_line_added" -> {
                linesSold++;
                salesByProduct.merge(payload.get("product_id").asInt(),
                        payload.get("amount").asDouble() - payload.get("discount").asDouble(), Double::sum);
            }
            case "store_closed" -> revenueOfDays += payload.get("revenue").asDouble();
            case "stockout_detected" -> {
                stockouts++;
                substituted += payload.get("substitute_product_id").isNull() ? 0 : 1;
            }
            case "reorder_triggered" -> reordered.putIfAbsent(stock, time);
            case "inventory_updated" -> {
                Instant ordered = payload.get("reason").asText().equals("delivery") ? reordered.remove(stock) : null;
                if (ordered != null) {
                    hoursFromReorderToShelf.add((time.toEpochMilli() - ordered.toEpochMilli()) / 3_600_000.0);
                }
            }
            default -> {
                // the report does not use the other types
            }
        }
    }

    /** Returns the share of wanted products that were out of stock. */
    double stockoutRate() {
        return stockouts / (double) (linesSold + stockouts - substituted);
    }

    double meanHoursFromReorderToShelf() {
        return hoursFromReorderToShelf.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    List<Integer> topProducts(int count) {
        return salesByProduct.entrySet().stream().sorted((one, other) -> Double.compare(other.getValue(), one.getValue()))
                .limit(count).map(Map.Entry::getKey).toList();
    }

    /** Returns the share of sales that falls to the best-selling part of all products. */
    double shareOfTop(double part, int products) {
        double all = salesByProduct.values().stream().mapToDouble(Double::doubleValue).sum();
        return topProducts((int) (part * products)).stream().mapToDouble(salesByProduct::get).sum() / all;
    }

    /** Writes the events of a chain to a file, one per line. */
    static void write(Chain chain, Instant from, Instant to, Path file) throws IOException {
        JsonEventBuffer written = JsonEventBuffer.create();
        RetailSimulation simulation = RetailSimulation.of(chain, from);
        try (OutputStream out = Files.newOutputStream(file)) {
            while (simulation.nextTime() < to.toEpochMilli()) {
                written.clear();
                for (int i = 0; i < 1000 && simulation.nextTime() < to.toEpochMilli(); i++) {
                    simulation.next().writeTo(written);
                }
                for (int i = 0; i < written.size(); i++) {
                    out.write(written.bytes(), written.start(i), written.end(i) - written.start(i));
                    out.write('\n');
                }
            }
        }
    }

    /** Simulates from one midnight to noon of the next day, so that trucks deliver what was ordered. */
    public static void main(String[] arguments) throws IOException {
        Chain chain = Chain.generate(ParameterFile.defaults(), ChainSize.DEFAULT, 42);
        LocalDate day = LocalDate.of(2026, 3, 18);
        Path file = Files.createTempFile("retail-day-", ".ndjson");
        Instant begin = day.atStartOfDay(ZONE).toInstant();
        long startedAt = System.nanoTime();
        write(chain, begin, begin.plusSeconds(86_400), file);
        System.out.printf("%.1f s, %d MB%n", (System.nanoTime() - startedAt) / 1e9, Files.size(file) >> 20);
        RetailDayReport report = of(file);
        Files.delete(file);
        System.out.println(report.types);
        report.salesByHour.forEach((hour, sales) -> System.out.printf("%02d:00 %10.2f%n", hour, sales));
        System.out.printf("revenue %.2f, stockout rate %.2f %%, top fifth of products %.1f %% of sales%n",
                report.revenueOfReceipts, 100 * report.stockoutRate(), 100 * report.shareOfTop(0.2, 5000));
        report.topProducts(5).forEach(product -> System.out.printf("%s: %.2f%n",
                chain.data().products().get(product - 1).name(), report.salesByProduct.get(product)));
        RetailDayReport two = twoDays(chain, begin);
        System.out.printf("reorder to shelf: mean %.1f h, of %d%n", two.meanHoursFromReorderToShelf(),
                two.hoursFromReorderToShelf.size());
    }

    private static RetailDayReport twoDays(Chain chain, Instant begin) throws IOException {
        Path file = Files.createTempFile("retail-days-", ".ndjson");
        write(chain, begin, begin.plusSeconds(36 * 3600), file);
        RetailDayReport report = of(file);
        Files.delete(file);
        return report;
    }
}
