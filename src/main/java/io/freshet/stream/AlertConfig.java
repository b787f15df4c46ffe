package io.freshet.stream;

import java.time.Duration;

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

    /** How long a stream may run before it has to be fast. */
    @WithDefault("10s")
    Duration patience();
}
