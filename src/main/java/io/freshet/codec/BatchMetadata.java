package io.freshet.codec;

import java.time.Instant;
import java.util.Locale;

/**
 * The metadata that every record of a batch carries when metadata is enabled: {@code _generated_at} (ISO 8601, UTC) and {@code
 * _batch_id} ({@code batch-000001}).
 *
 * @param batchNumber the number of the batch, starting at 1
 */
public record BatchMetadata(Instant generatedAt, long batchNumber) {

    public static final String GENERATED_AT = "_generated_at";
    public static final String BATCH_ID = "_batch_id";

    public String batchId() {
        return String.format(Locale.ROOT, "batch-%06d", batchNumber);
    }
}
