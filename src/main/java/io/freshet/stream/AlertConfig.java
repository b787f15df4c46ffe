package io.freshet.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When a running stream is not healthy. */
@ConfigMapping(prefix = "freshet.alerts")
public interface AlertConfig {

    /** Fewer records a second than this. */
    @WithDefault("1")
    double lowThroughput();

    /** A queue that is fuller than this, 0 to 1. */
    @WithDefault("0.8")
    double highQueueUtilization();

    /** A greater share of deliveries than this that fail. */
    @WithDefault("0.05")
    double highErrorRate();

    /** Records that are on their way for longer than this. */
    @WithDefault("5s")
    Duration highLatency();

    /** A column of its model that moved further than this when the model last learned more: a distance, 0 to 1. */
    @WithDefault("0.2")
    double highDrift();

    /** How long a stream may run before it has to be fast. */
    @WithDefault("10s")
    Duration patience();

    /** How many of the last events are kept. */
    @WithDefault("1000")
    int kept();

    /** Where events are posted to. */
    Webhook webhook();

    /** An address that is told what happens to alerts. */
    interface Webhook {

        /** The address, http or https; without it nobody is told. */
        Optional<String> url();

        /** Headers of each request, such as {@code Authorization}. */
        Map<String, String> headers();

        /** How often an event is tried. */
        @WithDefault("5")
        int attempts();

        /** How long the second attempt waits; each further one twice as long. */
        @WithDefault("1s")
        Duration retryDelay();

        /** How many events may wait; then the oldest go. */
        @WithDefault("1000")
        int queue();
    }
}
