package io.freshet.stream.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import io.freshet.stream.load.Bursts;
import io.freshet.stream.load.ConstantRate;
import io.freshet.stream.load.LoadShape;
import io.freshet.stream.load.Phase;
import io.freshet.stream.load.ShardShare;

/**
 * How fast a stream emits records and when it ends.
 *
 * @param phases at least one; the stream is completed when the last one ends
 * @param batchSize the number of records that share a {@code _batch_id}
 * @param delayBetweenBatches zero for none
 */
public record PaceDefinition(List<Phase> phases, int batchSize, OptionalLong maxRecords, OptionalLong maxBatches,
        Optional<Duration> duration, Duration delayBetweenBatches) {

    private static final int STANDARD_BATCH_SIZE = 1000;
    static final int MAX_BATCH_SIZE = 100_000;

    public PaceDefinition {
        phases = List.copyOf(phases);
    }

    /** Returns the maximum number of records. */
    public long lastPosition() {
        long byBatches = maxBatches.isPresent() ? Math.multiplyExact(maxBatches.getAsLong(), (long) batchSize) : Long.MAX_VALUE;
        return Math.min(byBatches, maxRecords.orElse(Long.MAX_VALUE));
    }

    /** Returns the pace of a shard, so that all shards together have this pace. Limits by position are those of the whole. */
    PaceDefinition share(Shard shard) {
        return new PaceDefinition(phases.stream().map(phase -> phase.share(shard.index(), shard.count())).toList(), batchSize,
                maxRecords, maxBatches, duration, delayBetweenBatches.multipliedBy(shard.count()));
    }

    /** The mean rate in records per second; empty if the sinks or the time decide. */
    public OptionalDouble meanRecordsPerSecond() {
        Optional<LoadShape> shape = phases.size() == 1 ? phases.get(0).shape() : Optional.empty();
        if (phases.size() > 1 || shape.isPresent() && !isSteady(shape.get())) {
            return OptionalDouble.empty();
        }
        double seconds = delayBetweenBatches.toNanos() / 1e9
                + shape.map(any -> batchSize / any.recordsPerSecond(0)).orElse(0.0);
        return seconds == 0 ? OptionalDouble.empty() : OptionalDouble.of(batchSize / seconds);
    }

    /** The highest rate in records per second; empty if a phase has none. */
    public OptionalDouble maxRecordsPerSecond() {
        return phases.stream().allMatch(phase -> phase.shape().isPresent())
                ? phases.stream().mapToDouble(phase -> phase.shape().orElseThrow().maxRecordsPerSecond()).max()
                : OptionalDouble.empty();
    }

    /** Returns whether the rate changes over time, so that only the target of the moment says what to expect. */
    public boolean varies() {
        return phases.size() > 1 || phases.get(0).shape()
                .map(shape -> !isSteady(shape)).orElse(false);
    }

    private static boolean isSteady(LoadShape shape) {
        return shape instanceof ConstantRate || shape instanceof Bursts
                || shape instanceof ShardShare share && isSteady(share.whole());
    }

    /** Returns whether records are spread evenly; otherwise many arrive at once, and then none for a while. */
    public boolean isSmooth() {
        return delayBetweenBatches.isZero()
                && phases.stream().allMatch(phase -> phase.shape().map(LoadShape::isSmooth).orElse(true));
    }

    /** The number of records that arrive at once where the pace is not smooth. */
    public int recordsAtOnce() {
        int burst = phases.stream().mapToInt(phase -> phase.shape().map(LoadShape::recordsAtOnce).orElse(1)).max().orElse(1);
        return burst > 1 || isSmooth() ? burst : batchSize;
    }

    /**
     * Returns how many records may travel together from a position on. They never span two batches, so that all have the same
     * batch id.
     */
    public int slice(long position, int max) {
        return (int) Math.min(max, Math.min(lastPosition() - position, batchSize - position % batchSize));
    }

    public static PaceDefinition parse(Optional<DefinitionNode> node, SourceDefinition source) {
        int batchSize = source instanceof RetailDefinition ? RetailDefinition.BATCH_SIZE : STANDARD_BATCH_SIZE;
        Optional<LoadShape> ofSource = source instanceof RetailDefinition retail ? retail.burst().map(LoadShape.class::cast)
                : Optional.empty();
        if (node.isEmpty()) {
            return new PaceDefinition(List.of(Phase.unlimited(ofSource)), batchSize, OptionalLong.empty(), OptionalLong.empty(),
                    Optional.empty(), Duration.ZERO);
        }
        DefinitionNode pace = node.get().synonym("max_batch_size", "batchSize").object(LoadParser.fieldsWith("batchSize",
                "maxRecords", "maxBatches", "duration", "delayBetweenBatches", "phases"));
        return new PaceDefinition(LoadParser.phases(pace, ofSource),
                (int) pace.integer("batchSize", 1, MAX_BATCH_SIZE).orElse(batchSize),
                pace.integer("maxRecords", 1, Long.MAX_VALUE), pace.integer("maxBatches", 1, Long.MAX_VALUE / MAX_BATCH_SIZE),
                pace.find("duration").map(DefinitionNode::duration),
                pace.find("delayBetweenBatches").map(DefinitionNode::duration).orElse(Duration.ZERO));
    }
}
