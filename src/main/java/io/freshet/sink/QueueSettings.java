package io.freshet.sink;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the queue in front of a sink.
 *
 * @param records the maximum number of records that wait or are in flight
 * @param strategy what happens to records that do not fit
 * @param sampleRate the share that {@link OverflowStrategy#SAMPLE} keeps, above 0 and at most 1
 * @param giveUpAfter how long a failing sink may delay records before they become dead letters; empty for no limit
 */
public record QueueSettings(int records, OverflowStrategy strategy, double sampleRate, Optional<Duration> giveUpAfter) {

    public QueueSettings {
        if (records < 1 || !(sampleRate > 0 && sampleRate <= 1) || giveUpAfter.map(Duration::isNegative).orElse(false)) {
            throw new IllegalArgumentException("a queue holds at least one record, and a sample rate is above 0 and at most 1");
        }
    }
}
