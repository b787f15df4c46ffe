package io.freshet.embed;

import java.time.Duration;
import java.util.OptionalLong;

import io.freshet.model.Conditions;

/**
 * What is generated, and how fast.
 *
 * @param seed the same seed generates the same records
 * @param firstRecord the index of the first record in the endless sequence of a seed
 * @param batchSize how many records a batch contains; the last may have fewer
 * @param maxRecords the number of records; empty for no end
 * @param delayBetweenBatches the delay between two batches
 * @param metadata whether records carry {@code _generated_at} and {@code _batch_id}
 * @param conditions the conditions that each record satisfies
 */
public record GenerationSettings(long seed, long firstRecord, int batchSize, OptionalLong maxRecords,
        Duration delayBetweenBatches, boolean metadata, Conditions conditions) {

    private static final int MAX_BATCH_SIZE = 1_000_000;

    public GenerationSettings {
        if (firstRecord < 0) {
            throw new IllegalArgumentException("firstRecord must be 0 or more, not " + firstRecord);
        }
        if (batchSize < 1 || batchSize > MAX_BATCH_SIZE) {
            throw new IllegalArgumentException("batchSize must be 1 to " + MAX_BATCH_SIZE + ", not " + batchSize);
        }
        if (maxRecords.isPresent() && (maxRecords.getAsLong() < 0 || maxRecords.getAsLong() > Long.MAX_VALUE - firstRecord)) {
            throw new IllegalArgumentException("maxRecords must be 0 or more, not " + maxRecords.getAsLong());
        }
        if (delayBetweenBatches.isNegative()) {
            throw new IllegalArgumentException("delayBetweenBatches must not be negative");
        }
    }

    /** Returns settings for batches of 1,000 records with metadata, without end, delay or conditions; the seed is 0. */
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

    /** Limits the number of records to this many full batches. */
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
