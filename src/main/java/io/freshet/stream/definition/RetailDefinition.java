package io.freshet.stream.definition;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.freshet.retail.ChainSize;
import io.freshet.retail.EventType;
import io.freshet.stream.load.Bursts;

/**
 * A source of events of a simulated retail chain.
 *
 * @param size the size of a chain to generate; empty for the existing one
 * @param start when the simulation begins; empty if the definition gives it relative to the creation of the stream
 * @param end when the simulation ends; empty for never
 * @param speed how many times faster than real time; infinite for as fast as the sinks accept records
 * @param weights the types of events and their relative frequencies; empty for all events as they occur
 * @param burst emits this many events at once, repeatedly
 */
public record RetailDefinition(long seed, Optional<ChainSize> size, int shard, int shards, Optional<Instant> start,
        Optional<Instant> end,
        double speed, Map<EventType, Double> weights, Optional<Bursts> burst)
        implements
            SourceDefinition {

    static final int BATCH_SIZE = 256;
    public static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MAX_DAYS_BEFORE = 30;
    private static final int MAX_BURST = 10_000;
    /** The memory of a store for each product of the chain; of many products a store carries only some. */
    private static final int BYTES_PER_PRODUCT = 8;

    public RetailDefinition {
        weights = Map.copyOf(weights);
    }

    /** Returns the stores of a shard. */
    RetailDefinition share(Shard shard) {
        return new RetailDefinition(seed, size, shard.index(), shard.count(), start, end, speed, weights,
                burst);
    }

    static RetailDefinition parse(DefinitionNode node, boolean paced) {
        node.object("seed", "stores", "customers", "products", "centres", "shard", "shards", "start", "end", "speed", "weights",
                "burst");
        int shards = number(node, "shards", 1, ChainSize.MAX_STORES, 1);
        Optional<Bursts> burst = node.find("burst").map(RetailDefinition::burst);
        Optional<Instant> start = node.find("start").flatMap(RetailDefinition::moment);
        Optional<Instant> end = node.find("end").map(each -> moment(each)
                .orElseThrow(() -> each.wrong("must be a timestamp such as 2026-03-18T00:00:00Z, or a date")));
        if (start.isPresent() && end.isPresent() && !end.get().isAfter(start.get())) {
            throw node.get("end").wrong("must be after the start");
        }
        return new RetailDefinition(node.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0), size(node),
                number(node, "shard", 0, shards - 1, 0), shards, start, end,
                node.find("speed").map(RetailDefinition::speed)
                        .orElse(paced || burst.isPresent() ? Double.POSITIVE_INFINITY : 1.0),
                node.find("weights").map(RetailDefinition::weights).orElse(Map.of()), burst);
    }

    /** Returns empty if the definition does not give a size. */
    private static Optional<ChainSize> size(DefinitionNode node) {
        if (List.of("stores", "customers", "products", "centres").stream().noneMatch(name -> node.find(name).isPresent())) {
            return Optional.empty();
        }
        ChainSize standard = ChainSize.DEFAULT;
        ChainSize size = new ChainSize(number(node, "stores", 1, ChainSize.MAX_STORES, standard.stores()),
                number(node, "customers", 0, ChainSize.MAX_CUSTOMERS, standard.customers()),
                number(node, "products", 100, ChainSize.MAX_PRODUCTS, standard.products()),
                number(node, "centres", 1, 1000, standard.centres()));
        HeapLimit.check(node, size.stores() + " stores with " + size.products() + " products",
                (long) size.stores() * size.products() * BYTES_PER_PRODUCT);
        return Optional.of(size);
    }

    private static int number(DefinitionNode node, String name, int min, int max, int otherwise) {
        return (int) node.integer(name, min, max).orElse(otherwise);
    }

    private static double speed(DefinitionNode node) {
        if (node.json().asText().equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        if (!node.json().isNumber() || node.json().asDouble() < 0.001 || node.json().asDouble() > 1e6) {
            throw node.wrong("must be max or a number from 0.001 to 1000000; 1 is real time");
        }
        return node.json().asDouble();
    }

    static Map<EventType, Double> weights(DefinitionNode node) {
        if (!node.json().isObject() || node.json().isEmpty()) {
            throw node.wrong("must be an object: event type to weight");
        }
        Map<EventType, Double> weights = new EnumMap<>(EventType.class);
        node.json().fieldNames().forEachRemaining(name -> {
            EventType type = EventType.find(name)
                    .orElseThrow(() -> node.get(name).wrong("is an unknown event type; expected one of "
                            + String.join(", ", Arrays.stream(EventType.values()).map(EventType::id).toList())));
            weights.put(type, node.get(name).number(0, 1e6));
        });
        weights.values().removeIf(weight -> weight == 0);
        if (weights.isEmpty()) {
            throw node.wrong("must have a weight above 0");
        }
        return weights;
    }

    private static Bursts burst(DefinitionNode node) {
        DefinitionNode burst = node.object("emit_interval_ms", "burst");
        return new Bursts(Duration.ofMillis(burst.integer("emit_interval_ms", 1, 3_600_000).orElse(500)),
                number(burst, "burst", 1, MAX_BURST, 100));
    }

    /** Parses a timestamp or a date; returns empty for one that is relative to now. */
    static Optional<Instant> moment(DefinitionNode node) {
        String text = node.text();
        if (text.startsWith("now")) {
            age(node, text);
            return Optional.empty();
        }
        try {
            return Optional.of(text.length() == 10 ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text));
        } catch (DateTimeException e) {
            throw node.wrong("must be a timestamp such as 2026-03-18T00:00:00Z, a date, now, or a time ago such as now-24h");
        }
    }

    private static Duration age(DefinitionNode node, String text) {
        if (text.equals("now")) {
            return Duration.ZERO;
        }
        if (!text.startsWith("now-")) {
            throw node.wrong("must be now, or a time ago such as now-24h");
        }
        return new DefinitionNode(node.path(), TextNode.valueOf(text.substring(4))).duration();
    }

    /**
     * Returns when the simulation starts if the stream is created now. Without a start in the definition, that is the last day
     * before today on which stores were open.
     */
    Instant startFrom(JsonNode definition, Instant now, Predicate<LocalDate> open) {
        JsonNode text = definition.path("source").path("retail").path("start");
        if (text.isTextual()) {
            return start.orElse(now.minus(age(new DefinitionNode("source.retail.start", text), text.asText())));
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate day = today.minusDays(1);
        while (!open.test(day) && day.isAfter(today.minusDays(MAX_DAYS_BEFORE))) {
            day = day.minusDays(1);
        }
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
