package io.freshet.codec;

import java.time.Instant;

/**
 * What every record of a batch carries when metadata is on: {@code _generated_at} (ISO 8601, UTC) and {@code _batch_id}
 * ({@code batch-000001}).
 *
 * @param batchNumber from 1
 */
public record BatchMetadata(Instant generatedAt, long batchNumber) {

    public static final String GENERATED_AT = "_generated_at";
    public static final String BATCH_ID = "_batch_id";

    public String batchId() {
        return "batch-%06d".formatted(batchNumber);
    }
}
