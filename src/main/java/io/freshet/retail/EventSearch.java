package io.freshet.retail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the next events of given types in a store. */
public final class EventSearch {

    /** The period to search. Even stores that close over holidays have events of all types within it. */
    private static final Duration LONGEST = Duration.ofDays(10);

    private EventSearch() {
    }

    /**
     * Returns the first event of a type at or after a moment in one store.
     *
     * @return the event; empty if no event of this type happens within ten days
     */
    public static Optional<RetailEvent> first(Chain chain, Store store, EventType type, Instant from) {
        RetailSimulation simulation = RetailSimulation.ofStore(chain, store, from);
        long end = from.plus(LONGEST).toEpochMilli();
        while (simulation.hasNext() && simulation.nextTime() < end) {
            RetailEvent event = simulation.next();
            if (event.type() == type) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the first events at or after a moment in one store, filtered by {@link EventMix} so that types occur about as
     * often as their weights say.
     *
     * @param weights empty for all events, unfiltered
     * @return at most {@code count} events; fewer if the next ten days do not have that many
     */
    public static List<RetailEvent> mixed(Chain chain, Store store, Map<EventType, Double> weights, Instant from, int count) {
        EventMix eventMix = EventMix.of(chain, weights);
        List<RetailEvent> events = new ArrayList<>();
        RetailSimulation simulation = RetailSimulation.ofStore(chain, store, from);
        long end = from.plus(LONGEST).toEpochMilli();
        while (events.size() < count && simulation.hasNext() && simulation.nextTime() < end) {
            RetailEvent event = simulation.next();
            if (eventMix.has(event)) {
                events.add(event);
            }
        }
        return events;
    }
}
