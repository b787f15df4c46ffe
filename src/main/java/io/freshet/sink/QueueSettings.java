package io.freshet.sink;

import java.time.Duration;
import java.util.Optional;

/**
 * The queue in front of a sink.
 *
 * @param records how many may wait or be under way
 * @param strategy what happens to those for which there is no room
 * @param sampleRate the share that {@link OverflowStrategy#SAMPLE} keeps, above 0 and at most 1
 * @param giveUpAfter how long a sink that fails may hold records up before they become dead letters; empty for as long as it
 *        takes
 */
public record QueueSettings(int records, OverflowStrategy strategy, double sampleRate, Optional<Duration> giveUpAfter) {

    public QueueSettings {
        if (records < 1 || !(sampleRate > 0 && sampleRate <= 1) || giveUpAfter.map(Duration::isNegative).orElse(false)) {
            throw new IllegalArgumentException("a queue holds at least one record, a sample rate is above 0 and at most 1");
        }
    }
}
