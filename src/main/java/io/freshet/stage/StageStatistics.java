package io.freshet.stage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one stage has done since its stream was started.
 *
 * @param name of the stage in its stream
 * @param kind as definitions name it
 * @param in records that came
 * @param out records that went on
 * @param dropped records that went no further, as they should
 * @param failed records that something was wrong with, whatever became of them
 * @param deadLettered those of them that were kept as dead letters
 * @param errorRate the share of the records that something was wrong with
 * @param recordsPerSecond how many it takes in a second of its own time; 0 before any
 * @param p50Millis the median time of a batch in it
 * @param p99Millis of a hundred batches, one takes longer
 * @param counts what it counts besides, by name
 * @param lastError what was wrong with the last record of which something was; null if nothing ever was
 */
public record StageStatistics(String name, String kind, long in, long out, long dropped, long failed, long deadLettered,
        double errorRate, double recordsPerSecond, double p50Millis, double p99Millis, Map<String, Long> counts,
        @Nullable String lastError) {

    public StageStatistics {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }
}
