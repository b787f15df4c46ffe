package io.freshet.sink;

import java.util.Locale;

/** What the circuit breaker of a sink lets through. */
public enum BreakerState {

    /** Everything. */
    CLOSED,
    /** One attempt, to see whether the sink is back. */
    HALF_OPEN,
    /** Nothing: the sink is left alone for a while. */
    OPEN;

    /** The name in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
