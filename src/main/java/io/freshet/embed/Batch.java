package io.freshet.embed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.BatchMetadata;
import io.freshet.table.RowBatch;
import io.freshet.table.RowRecords;

/**
 * A batch of generated records: maps from column to {@code Long}, {@code BigDecimal}, {@code Double}, {@code Boolean} or {@code
 * String}, with null for a missing value. Immutable, and independent of the generator's memory.
 */
public final class Batch {

    private final long number;
    private final List<Map<String, @Nullable Object>> records;

    private Batch(long number, List<Map<String, @Nullable Object>> records) {
        this.number = number;
        this.records = records;
    }

    /** Creates a batch of rows that are not refilled. */
    static Batch of(long number, RowBatch rows, @Nullable BatchMetadata metadata) {
        Batch batch = new Batch(number, RowRecords.of(rows));
        return metadata == null ? batch : batch.map(record -> withMetadata(record, metadata));
    }

    private static Map<String, @Nullable Object> withMetadata(Map<String, @Nullable Object> record, BatchMetadata metadata) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(record);
        more.put(BatchMetadata.GENERATED_AT, metadata.generatedAt().toString());
        more.put(BatchMetadata.BATCH_ID, metadata.batchId());
        return more;
    }

    /** Returns the number of the batch, counted from 1. */
    public long number() {
        return number;
    }

    public int size() {
        return records.size();
    }

    public List<Map<String, @Nullable Object>> records() {
        return records;
    }

    /** Returns a batch in which each record is changed. */
    public Batch map(UnaryOperator<Map<String, @Nullable Object>> change) {
        return new Batch(number, records.stream().map(change).toList());
    }

    /** Returns a batch of the records that satisfy a predicate. */
    public Batch filter(Predicate<Map<String, @Nullable Object>> passes) {
        return new Batch(number, records.stream().filter(passes).toList());
    }
}
