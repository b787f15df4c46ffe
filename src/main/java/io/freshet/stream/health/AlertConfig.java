package io.freshet.stream.health;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Thresholds for alerts about running streams. */
@ConfigMapping(prefix = "freshet.alerts")
public interface AlertConfig {

    /**
     * Raises an alert for a stream without a pace of its own whose throughput, in records per second, falls below this value.
     */
    @WithDefault("1")
    double lowThroughput();

    /** Raises an alert for a paced stream whose throughput falls below this share of its pace. */
    @WithDefault("0.5")
    double lowThroughputShare();

    /** Raises an alert for a stream if more than this share of its recent records, 0 to 1, become dead letters. */
    @WithDefault("0.5")
    double highDeadLetterRate();

    /** Raises an alert for a sink whose queue is filled above this share, 0 to 1. */
    @WithDefault("0.8")
    double highQueueUtilization();

    /** Raises an alert for a sink if more than this share of its deliveries fail. */
    @WithDefault("0.05")
    double highErrorRate();

    /** Raises an alert for a window if more than this share of its records in the last minute arrived too late. */
    @WithDefault("0.05")
    double lateRecords();

    /**
     * Raises an alert for a window if the times of more than this share of its records in the last minute are too far in the
     * future.
     */
    @WithDefault("0")
    double recordsAhead();

    /** Raises an alert for a sink if records are in flight for longer than this. */
    @WithDefault("5s")
    Duration highLatency();

    /**
     * Raises an alert for a stream if a column of its model moved by more than this distance, 0 to 1, when the model last
     * learned.
     */
    @WithDefault("0.2")
    double highDrift();

    /** Sets how long a stream may run before its throughput is checked. */
    @WithDefault("10s")
    Duration patience();

    /** Limits the number of alert events that are retained. The oldest are discarded first. */
    @WithDefault("1000")
    int kept();

    /** The webhook to which events are posted. */
    Webhook webhook();

    /** The webhook to which alert events are posted. */
    interface Webhook {

        /** Sets the address, http or https, to which alert events are posted. Without it, no notifications are sent. */
        Optional<String> url();

        /** Sets the headers of each request to the webhook, such as {@code Authorization}. */
        Map<String, String> headers();

        /** Limits how often the delivery of an event to the webhook is attempted. */
        @WithDefault("5")
        int attempts();

        /**
         * Sets the delay before the second attempt to deliver an event to the webhook. It doubles with each further attempt.
         */
        @WithDefault("1s")
        Duration retryDelay();

        /** Limits how many events wait for the webhook. When the queue is full, the oldest are discarded. */
        @WithDefault("1000")
        int queue();
    }
}
