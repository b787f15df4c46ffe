package io.freshet.sink;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happens to records that do not fit into the queue of a sink. */
public enum OverflowStrategy {

    /** The stream waits. */
    BLOCK,
    /** The oldest waiting records are dropped to make room. */
    DROP_OLDEST,
    /** The new records are dropped. */
    DROP_NEWEST,
    /** A sample of the new records replaces the oldest waiting ones; the others are dropped. */
    SAMPLE;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OverflowStrategy> find(String id) {
        return Arrays.stream(values()).filter(strategy -> strategy.id().equals(id)).findFirst();
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(OverflowStrategy::id).toList();
    }
}
