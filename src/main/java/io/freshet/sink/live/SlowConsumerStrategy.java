package io.freshet.sink.live;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happens to messages for which a subscriber is too slow. */
public enum SlowConsumerStrategy {

    /** The messages that have waited longest are dropped to make room. */
    DROP_OLDEST,
    /** The new message is dropped. */
    DROP_NEWEST,
    /** While the subscriber lags, one message in ten is kept. */
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
