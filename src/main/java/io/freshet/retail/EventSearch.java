package io.freshet.retail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One event of a wanted type, as it happens next in some store. */
public final class EventSearch {

    /** Even stores that close over holidays have all types in this time. */
    private static final Duration LONGEST = Duration.ofDays(10);

    private EventSearch() {
    }

    /**
     * The first event of a type at or after a moment in one store; empty if nothing of that kind happens for days.
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
}
