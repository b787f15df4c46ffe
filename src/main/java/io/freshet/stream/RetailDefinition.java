package io.freshet.stream;

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

/**
 * Events of a simulated chain of stores.
 *
 * @param size of a chain that is generated; empty for the one there is
 * @param start when it begins; empty for what is said relative to when the stream is made
 * @param end when it ends; empty for never
 * @param speed how many times as fast as the clock; infinite for as fast as the sinks take
 * @param weights which types of events, and how often relative to each other; empty for all as they come
 * @param burst so many events at once, again and again
 */
record RetailDefinition(long seed, Optional<ChainSize> size, int shard, int shards, Optional<Instant> start,
        Optional<Instant> end,
        double speed, Map<EventType, Double> weights, Optional<PaceDefinition.Burst> burst)
        implements
            SourceDefinition {

    static final int BATCH_SIZE = 256;
    static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_DAYS_BEFORE = 30;
    private static final int MOST_BURST = 10_000;
    /** What a store takes for each product of the chain: of many products it carries only some. */
    private static final int BYTES_PER_PRODUCT = 8;

    RetailDefinition {
        weights = Map.copyOf(weights);
    }

    static RetailDefinition parse(DefinitionNode node, boolean paced) {
        node.object("seed", "stores", "customers", "products", "centres", "shard", "shards", "start", "end", "speed", "weights",
                "burst");
        int shards = number(node, "shards", 1, ChainSize.MOST_STORES, 1);
        Optional<PaceDefinition.Burst> burst = node.find("burst").map(RetailDefinition::burst);
        Optional<Instant> start = node.find("start").flatMap(RetailDefinition::moment);
        Optional<Instant> end = node.find("end").map(each -> moment(each)
                .orElseThrow(() -> each.wrong("must be a moment such as 2026-03-18T00:00:00Z, or a date")));
        if (start.isPresent() && end.isPresent() && !end.get().isAfter(start.get())) {
            throw node.get("end").wrong("must be after the start");
        }
        return new RetailDefinition(node.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0), size(node),
                number(node, "shard", 0, shards - 1, 0), shards, start, end,
                node.find("speed").map(RetailDefinition::speed)
                        .orElse(paced || burst.isPresent() ? Double.POSITIVE_INFINITY : 1.0),
                node.find("weights").map(RetailDefinition::weights).orElse(Map.of()), burst);
    }

    /** Empty if nothing is said about it. */
    private static Optional<ChainSize> size(DefinitionNode node) {
        if (List.of("stores", "customers", "products", "centres").stream().noneMatch(name -> node.find(name).isPresent())) {
            return Optional.empty();
        }
        ChainSize standard = ChainSize.DEFAULT;
        ChainSize size = new ChainSize(number(node, "stores", 1, ChainSize.MOST_STORES, standard.stores()),
                number(node, "customers", 0, ChainSize.MOST_CUSTOMERS, standard.customers()),
                number(node, "products", 100, ChainSize.MOST_PRODUCTS, standard.products()),
                number(node, "centres", 1, 1000, standard.centres()));
        MemoryShare.check(node, size.stores() + " stores with " + size.products() + " products",
                (long) size.stores() * size.products() * BYTES_PER_PRODUCT);
        return Optional.of(size);
    }

    private static int number(DefinitionNode node, String name, int least, int most, int otherwise) {
        return (int) node.integer(name, least, most).orElse(otherwise);
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

    private static Map<EventType, Double> weights(DefinitionNode node) {
        if (!node.json().isObject() || node.json().isEmpty()) {
            throw node.wrong("must be an object: event type to weight");
        }
        Map<EventType, Double> weights = new EnumMap<>(EventType.class);
        node.json().fieldNames().forEachRemaining(name -> {
            EventType type = EventType.find(name).orElseThrow(() -> node.get(name).wrong("is no event type; there are "
                    + String.join(", ", Arrays.stream(EventType.values()).map(EventType::id).toList())));
            weights.put(type, node.get(name).number(0, 1e6));
        });
        weights.values().removeIf(weight -> weight == 0);
        if (weights.isEmpty()) {
            throw node.wrong("must have a weight above 0");
        }
        return weights;
    }

    private static PaceDefinition.Burst burst(DefinitionNode node) {
        DefinitionNode burst = node.object("emit_interval_ms", "burst");
        return new PaceDefinition.Burst(Duration.ofMillis(burst.integer("emit_interval_ms", 1, 3_600_000).orElse(500)),
                number(burst, "burst", 1, MOST_BURST, 100));
    }

    /** A moment or a date; empty for one that is relative to now. */
    private static Optional<Instant> moment(DefinitionNode node) {
        String text = node.text();
        if (text.startsWith("now")) {
            age(node, text);
            return Optional.empty();
        }
        try {
            return Optional.of(text.length() == 10 ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text));
        } catch (DateTimeException e) {
            throw node.wrong("must be a moment such as 2026-03-18T00:00:00Z, a date, now, or so long ago: now-24h");
        }
    }

    private static Duration age(DefinitionNode node, String text) {
        if (text.equals("now")) {
            return Duration.ZERO;
        }
        if (!text.startsWith("now-")) {
            throw node.wrong("must be now, or so long ago: now-24h");
        }
        return new DefinitionNode(node.path(), TextNode.valueOf(text.substring(4))).duration();
    }

    /** When it starts if it is made now: unless it says so, on the last day before today on which stores were open. */
    Instant startFrom(JsonNode definition, Instant now, Predicate<LocalDate> open) {
        JsonNode text = definition.path("source").path("retail").path("start");
        if (text.isTextual()) {
            return start.orElse(now.minus(age(new DefinitionNode("source.retail.start", text), text.asText())));
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate day = today.minusDays(1);
        while (!open.test(day) && day.isAfter(today.minusDays(MOST_DAYS_BEFORE))) {
            day = day.minusDays(1);
        }
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
