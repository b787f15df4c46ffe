package io.freshet.sink;

import java.util.Locale;

/** The state of a sink's circuit breaker. */
public enum BreakerState {

    /** All attempts are allowed. */
    CLOSED,
    /** One attempt is allowed, to find out whether the sink works again. */
    HALF_OPEN,
    /** No attempts are allowed until the delay has passed. */
    OPEN;

    /** Returns the name in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
