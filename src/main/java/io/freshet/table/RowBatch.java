package io.freshet.table;

import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Consecutive rows of a table, held as columns. The vectors are live and reused from batch to batch; a caller that needs rows
 * after the next fill must copy or encode them first. Not thread-safe.
 */
public final class RowBatch {

    private final Schema schema;
    private final List<ColumnVector> vectors;
    private final int capacity;
    private @Nullable Schema sized;
    private int size;
    private long firstRow;

    private RowBatch(Schema schema, List<ColumnVector> vectors) {
        this.schema = schema;
        this.vectors = List.copyOf(vectors);
        if (vectors.size() != schema.size()) {
            throw new IllegalArgumentException(vectors.size() + " vectors for " + schema.size() + " columns");
        }
        this.capacity = vectors.stream().mapToInt(ColumnVector::capacity).min().orElse(0);
    }

    /** Creates an empty batch over these vectors, one for each column of the schema. */
    public static RowBatch wrap(Schema schema, List<ColumnVector> vectors) {
        return new RowBatch(schema, vectors);
    }

    public Schema schema() {
        return schema;
    }

    /** Returns the schema, in which columns of integers that always fit in 32 bits say so. */
    public Schema sizedSchema() {
        Schema known = sized;
        if (known == null) {
            known = new Schema(IntStream.range(0, schema.size()).mapToObj(this::sized).toList(), schema.records());
            sized = known;
        }
        return known;
    }

    private Column sized(int column) {
        Column own = schema.column(column);
        return own.type() instanceof ColumnType.Whole && vectors.get(column).isInt32() ? own.asInt32() : own;
    }

    public ColumnVector vector(int column) {
        return vectors.get(column);
    }

    /** Returns how many rows fit. */
    public int capacity() {
        return capacity;
    }

    /** Returns how many rows the batch holds. */
    public int size() {
        return size;
    }

    /** Returns the index of the first row in its stream or table. */
    public long firstRow() {
        return firstRow;
    }

    /** Sets which rows the vectors hold now. */
    public void hold(long firstRow, int size) {
        if (size < 0 || size > capacity) {
            throw new IllegalArgumentException("size must be 0 to " + capacity + ", not " + size);
        }
        this.firstRow = firstRow;
        this.size = size;
    }
}
