package io.freshet.stream.definition;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.retail.EventType;

/**
 * A request for mixed events of a simulated chain: {@code {count, weights, seed, at, store}}.
 *
 * @param count the number of events, 1 to {@value #MAX_COUNT}
 * @param weights the types of events and their relative frequencies; empty for all events as they occur
 * @param at the time from which on the events occur; empty for now
 * @param store the number of the store in which they occur; empty for any
 */
public record RetailEventsRequest(int count, Map<EventType, Double> weights, long seed, Optional<Instant> at,
        Optional<Integer> store) {

    static final int MAX_COUNT = 10_000;
    private static final int DEFAULT_COUNT = 10;

    public RetailEventsRequest {
        weights = Map.copyOf(weights);
    }

    /** @throws DefinitionException if a field is unknown or wrong */
    public static RetailEventsRequest parse(JsonNode json) {
        DefinitionNode request = new DefinitionNode("", json).object("count", "weights", "seed", "at", "store");
        return new RetailEventsRequest((int) request.integer("count", 1, MAX_COUNT).orElse(DEFAULT_COUNT),
                request.find("weights").map(RetailDefinition::weights).orElse(Map.of()),
                request.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0),
                request.find("at").flatMap(RetailDefinition::moment),
                request.find("store").map(node -> (int) request.integer("store", 0, Integer.MAX_VALUE).orElseThrow()));
    }
}
