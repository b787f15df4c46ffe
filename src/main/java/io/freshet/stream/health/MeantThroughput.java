package io.freshet.stream.health;

import java.util.OptionalDouble;

import io.freshet.source.TopicStatus;
import io.freshet.stream.definition.SourceDefinition;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamStatistics;

/**
 * The throughput that a running stream should reach, and the one that it reaches, in records per second. A stream counts as
 * slow when it falls behind its own pace, not when its pace is low or its source has nothing to read.
 */
record MeantThroughput(double measured, double threshold) {

    /** Below this number of records, a rate is not meaningful. */
    private static final double FEWEST = 10;
    private static final double WINDOW_SECONDS = 5;

    boolean isLow() {
        return measured < threshold;
    }

    /** Returns the expected throughput of a stream as it is now; it is never too low while there is nothing to compare. */
    static MeantThroughput of(StreamDefinition definition, StreamStatistics statistics, AlertConfig config) {
        MeantThroughput none = new MeantThroughput(statistics.currentSamplesPerSecond(), 0);
        if (statistics.elapsedSeconds() * 1e9 < config.patience().toNanos() || !hasRecords(definition, statistics)) {
            return none;
        }
        if (definition.pace().varies()) {
            return ofTarget(statistics, config);
        }
        OptionalDouble mean = definition.pace().meanRecordsPerSecond();
        if (mean.isEmpty()) {
            return new MeantThroughput(statistics.currentSamplesPerSecond(), config.lowThroughput());
        }
        double threshold = mean.getAsDouble() * config.lowThroughputShare();
        if (definition.pace().isSmooth() && mean.getAsDouble() * WINDOW_SECONDS >= FEWEST) {
            return new MeantThroughput(statistics.currentSamplesPerSecond(), threshold);
        }
        boolean enough = statistics.elapsedSeconds() * mean.getAsDouble() >= Math.max(FEWEST,
                2.0 * definition.pace().recordsAtOnce());
        return enough ? new MeantThroughput(statistics.samplesPerSecond(), threshold) : none;
    }

    /** A rate that changes is compared with its mean over the window that is measured. */
    private static MeantThroughput ofTarget(StreamStatistics statistics, AlertConfig config) {
        Double target = statistics.targetSamplesPerSecond();
        double expected = target == null || target * WINDOW_SECONDS < FEWEST ? 0 : target;
        return new MeantThroughput(statistics.currentSamplesPerSecond(), expected * config.lowThroughputShare());
    }

    /** Whether its source has records now: a topic only while messages wait in it, a feed or simulated day when they happen. */
    private static boolean hasRecords(StreamDefinition definition, StreamStatistics statistics) {
        SourceDefinition source = definition.source();
        if (source.readsTopic()) {
            TopicStatus topic = statistics.source().topic();
            return topic != null && topic.lag() + topic.owed() > 0;
        }
        return source instanceof SourceDefinition.OfModel || source instanceof SourceDefinition.OfPattern;
    }
}
