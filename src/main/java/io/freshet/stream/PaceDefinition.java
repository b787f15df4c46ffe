package io.freshet.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How fast a stream goes and when it ends.
 *
 * @param recordsPerSecond smooth; empty for as fast as the sinks take
 * @param batchSize how many records share a {@code _batch_id}
 * @param delayBetweenBatches zero for none
 * @param burst records at once, again and again; instead of recordsPerSecond
 */
public record PaceDefinition(OptionalDouble recordsPerSecond, int batchSize, OptionalLong maxRecords, OptionalLong maxBatches,
        Optional<Duration> duration, Duration delayBetweenBatches, Optional<Burst> burst) {

    private static final int STANDARD_BATCH_SIZE = 1000;
    static final int MOST_BATCH_SIZE = 100_000;

    /** {@code records} records every {@code every}. */
    public record Burst(Duration every, int records) {
    }

    /** How many records there will be at the most. */
    public long lastPosition() {
        long byBatches = maxBatches.isPresent() ? Math.multiplyExact(maxBatches.getAsLong(), (long) batchSize) : Long.MAX_VALUE;
        return Math.min(byBatches, maxRecords.orElse(Long.MAX_VALUE));
    }

    /**
     * How many records travel together from a position on: none of a batch and of the next, so that all have the same batch id.
     */
    int slice(long position, int most) {
        return (int) Math.min(most, Math.min(lastPosition() - position, batchSize - position % batchSize));
    }

    static PaceDefinition parse(Optional<DefinitionNode> node, SourceDefinition source) {
        int batchSize = source instanceof RetailDefinition ? RetailDefinition.BATCH_SIZE : STANDARD_BATCH_SIZE;
        Optional<Burst> ofSource = source instanceof RetailDefinition retail ? retail.burst() : Optional.empty();
        if (node.isEmpty()) {
            return new PaceDefinition(OptionalDouble.empty(), batchSize, OptionalLong.empty(), OptionalLong.empty(),
                    Optional.empty(), Duration.ZERO, ofSource);
        }
        DefinitionNode pace = node.get().object("recordsPerSecond", "batchSize", "maxRecords", "maxBatches", "duration",
                "delayBetweenBatches", "burst");
        Optional<Double> rate = pace.find("recordsPerSecond").map(n -> n.number(0.001, 1e9));
        Optional<Burst> burst = pace.find("burst").map(PaceDefinition::burst).or(() -> ofSource);
        if (rate.isPresent() && burst.isPresent()) {
            throw pace.wrong("has both recordsPerSecond and burst; choose one");
        }
        return new PaceDefinition(rate.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                (int) pace.integer("batchSize", 1, MOST_BATCH_SIZE).orElse(batchSize),
                pace.integer("maxRecords", 1, Long.MAX_VALUE), pace.integer("maxBatches", 1, Long.MAX_VALUE / MOST_BATCH_SIZE),
                pace.find("duration").map(DefinitionNode::duration),
                pace.find("delayBetweenBatches").map(DefinitionNode::duration).orElse(Duration.ZERO), burst);
    }

    private static Burst burst(DefinitionNode node) {
        DefinitionNode burst = node.object("every", "records");
        Duration every = burst.get("every").duration();
        if (every.isZero()) {
            throw burst.get("every").wrong("must be longer than nothing");
        }
        return new Burst(every, (int) burst.get("records").integer(1, MOST_BATCH_SIZE));
    }
}
