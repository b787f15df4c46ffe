package io.freshet.sink;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happens to the messages that a subscriber is too slow for. */
public enum SlowConsumerStrategy {

    /** The longest waiting message makes room. */
    DROP_OLDEST,
    /** The new message is not kept. */
    DROP_NEWEST,
    /** While it lags, one message in ten is kept. */
    SAMPLE,
    /** The subscription ends. */
    CLOSE;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SlowConsumerStrategy> find(String id) {
        return Arrays.stream(values()).filter(strategy -> strategy.id().equals(id)).findFirst();
    }

    public static String ids() {
        return Arrays.stream(values()).map(SlowConsumerStrategy::id).collect(Collectors.joining(", "));
    }
}
