package io.freshet;

import java.time.Duration;
import java.util.OptionalLong;

import io.freshet.model.Conditions;

/**
 * What is generated, and how fast.
 *
 * @param seed the same seed gives the same records
 * @param firstRecord where in the endless row of records to begin
 * @param batchSize how many records a batch has; the last may have fewer
 * @param maxRecords when to end; without it there is no end
 * @param delayBetweenBatches from one batch to the next
 * @param metadata whether records carry {@code _generated_at} and {@code _batch_id}
 * @param conditions what each record satisfies
 */
public record GenerationSettings(long seed, long firstRecord, int batchSize, OptionalLong maxRecords,
        Duration delayBetweenBatches, boolean metadata, Conditions conditions) {

    private static final int MOST_BATCH_SIZE = 1_000_000;

    public GenerationSettings {
        if (firstRecord < 0) {
            throw new IllegalArgumentException("firstRecord must be 0 or more, not " + firstRecord);
        }
        if (batchSize < 1 || batchSize > MOST_BATCH_SIZE) {
            throw new IllegalArgumentException("batchSize must be 1 to " + MOST_BATCH_SIZE + ", not " + batchSize);
        }
        if (maxRecords.isPresent() && (maxRecords.getAsLong() < 0 || maxRecords.getAsLong() > Long.MAX_VALUE - firstRecord)) {
            throw new IllegalArgumentException("maxRecords must be 0 or more, not " + maxRecords.getAsLong());
        }
        if (delayBetweenBatches.isNegative()) {
            throw new IllegalArgumentException("delayBetweenBatches must not be negative");
        }
    }

    /** Batches of 1,000 records with metadata, without end, delay or conditions; seed 0. */
    public static GenerationSettings defaults() {
        return new GenerationSettings(0, 0, 1000, OptionalLong.empty(), Duration.ZERO, true, Conditions.none());
    }

    public GenerationSettings withSeed(long value) {
        return new GenerationSettings(value, firstRecord, batchSize, maxRecords, delayBetweenBatches, metadata, conditions);
    }

    public GenerationSettings withFirstRecord(long value) {
        return new GenerationSettings(seed, value, batchSize, maxRecords, delayBetweenBatches, metadata, conditions);
    }

    public GenerationSettings withBatchSize(int value) {
        return new GenerationSettings(seed, firstRecord, value, maxRecords, delayBetweenBatches, metadata, conditions);
    }

    public GenerationSettings withMaxRecords(long value) {
        return new GenerationSettings(seed, firstRecord, batchSize, OptionalLong.of(value), delayBetweenBatches, metadata,
                conditions);
    }

    /** So many full batches, and no more. */
    public GenerationSettings withMaxBatches(long value) {
        return withMaxRecords(Math.multiplyExact(value, batchSize));
    }

    public GenerationSettings withDelayBetweenBatches(Duration value) {
        return new GenerationSettings(seed, firstRecord, batchSize, maxRecords, value, metadata, conditions);
    }

    public GenerationSettings withMetadata(boolean value) {
        return new GenerationSettings(seed, firstRecord, batchSize, maxRecords, delayBetweenBatches, value, conditions);
    }

    public GenerationSettings withConditions(Conditions value) {
        return new GenerationSettings(seed, firstRecord, batchSize, maxRecords, delayBetweenBatches, metadata, value);
    }
}
