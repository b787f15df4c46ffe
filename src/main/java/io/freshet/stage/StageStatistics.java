package io.freshet.stage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The statistics of one stage since its stream was started.
 *
 * @param name the name of the stage in its stream
 * @param kind the kind as definitions name it
 * @param in the number of records received
 * @param out the number of records emitted
 * @param dropped the number of records dropped intentionally
 * @param failed the number of records that failed, whatever happened to them
 * @param deadLettered the number of records that went to the dead letters
 * @param errorRate the share of the received records that failed
 * @param recordsPerSecond how many records the stage processes per second of its own time; 0 before the first
 * @param p50Millis the median duration of a batch
 * @param p99Millis the 99th percentile of the duration of a batch
 * @param counts the stage's own counters by name
 * @param lastError why the most recent failed record failed; null if none has failed
 */
public record StageStatistics(String name, String kind, long in, long out, long dropped, long failed, long deadLettered,
        double errorRate, double recordsPerSecond, double p50Millis, double p99Millis, Map<String, Long> counts,
        @Nullable String lastError) {

    public StageStatistics {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }
}
