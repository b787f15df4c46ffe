package io.freshet.retail;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Provides chains for tests and the events that they simulate. */
final class Chains {

    private static final Parameters PARAMETERS = ParameterFile.defaults();

    private Chains() {
    }

    static Chain small(long seed) {
        return Chain.generate(PARAMETERS, new ChainSize(7, 400, 400, 2), seed);
    }

    static Chain of(ChainSize size, long seed) {
        return Chain.generate(PARAMETERS, size, seed);
    }

    static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static List<RetailEvent> events(Chain chain, Instant from, Instant to) {
        return until(RetailSimulation.of(chain, from), to);
    }

    static List<RetailEvent> until(RetailSimulation simulation, Instant to) {
        List<RetailEvent> events = new ArrayList<>();
        while (simulation.hasNext() && simulation.nextTime() < to.toEpochMilli()) {
            events.add(simulation.next());
        }
        return events;
    }
}
