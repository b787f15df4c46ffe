package io.freshet.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.table.RowBatch;

/** The common part of the binary encoders, which encode rows with a schema column by column. */
abstract class BinaryEncoder implements SchemaEncoder {

    /** The record that is being encoded. */
    final RecordBytes record = new RecordBytes();
    private final List<BinaryColumn> columns = new ArrayList<>();
    private final String format;
    private @Nullable RowBatch prepared;
    private @Nullable RecordFormat declared;
    private boolean stamped;

    /** @param format the format of declared schemas that are used instead of the columns; empty for none */
    BinaryEncoder(String format) {
        this.format = format;
    }

    /** @throws IllegalArgumentException if the records have no fixed columns */
    @Override
    public final void encode(RecordBatch batch, @Nullable BatchMetadata metadata, EncodedRecords into) {
        if (!(batch instanceof RecordBatch.Rows live)) {
            throw new IllegalArgumentException("a binary format needs records with fixed columns");
        }
        RowBatch rows = live.rows();
        if (rows != prepared) {
            prepare(rows);
        }
        RecordFormat own = declared;
        if (own != null) {
            encode(own, rows, into);
            return;
        }
        stamped = metadata != null;
        byte[] stamp = metadata == null ? new byte[0] : stamp(metadata);
        into.clear(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            record.clear();
            for (int c = 0; c < columns.size(); c++) {
                if (!columns.get(c).column().isObject()) {
                    put(columns.get(c), c, row);
                }
            }
            record.put(stamp);
            record.moveTo(into);
        }
    }

    /** Encodes rows in the schema that they were declared with, which has no place for metadata. */
    private void encode(RecordFormat own, RowBatch rows, EncodedRecords into) {
        RecordTrees records = RecordTrees.of(rows);
        into.clear(rows.size());
        try {
            for (int row = 0; row < rows.size(); row++) {
                record.clear();
                own.write(records.record(row), record);
                record.moveTo(into);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare(RowBatch rows) {
        declared = rows.schema().records(format).map(RecordFormat::of).orElse(null);
        columns.clear();
        for (int c = 0; c < rows.schema().size(); c++) {
            columns.add(BinaryColumn.of(rows, c));
        }
        prepared = rows;
    }

    /** Encodes the metadata, which is the same for all rows of a batch. */
    private byte[] stamp(BatchMetadata metadata) {
        record.clear();
        put(metadata, columns.size());
        return record.copy();
    }

    /** Returns whether the records being encoded carry metadata. */
    final boolean isStamped() {
        return stamped;
    }

    /** Appends one value. */
    abstract void put(BinaryColumn column, int index, int row);

    /**
     * Appends the metadata.
     *
     * @param index the first field index after those of the columns
     */
    abstract void put(BatchMetadata metadata, int index);
}
