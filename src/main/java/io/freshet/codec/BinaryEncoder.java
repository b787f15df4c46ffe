package io.freshet.codec;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.table.RowBatch;

/** Rows in a binary form with a schema, column by column: what the forms have in common. */
abstract class BinaryEncoder implements SchemaEncoder {

    /** The record that is being made. */
    final RecordBytes record = new RecordBytes();
    private final List<BinaryColumn> columns = new ArrayList<>();
    private @Nullable RowBatch prepared;

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
        byte[] stamp = metadata == null ? new byte[0] : stamp(metadata);
        into.clear(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            record.clear();
            for (int c = 0; c < columns.size(); c++) {
                put(columns.get(c), c, row);
            }
            record.put(stamp);
            record.moveTo(into);
        }
    }

    private void prepare(RowBatch rows) {
        columns.clear();
        for (int c = 0; c < rows.schema().size(); c++) {
            columns.add(BinaryColumn.of(rows, c));
        }
        prepared = rows;
    }

    /** The same for all rows of a batch. */
    private byte[] stamp(BatchMetadata metadata) {
        record.clear();
        put(metadata, columns.size());
        return record.copy();
    }

    /** Appends one value. */
    abstract void put(BinaryColumn column, int index, int row);

    /**
     * Appends the metadata.
     *
     * @param index the first behind those of the columns
     */
    abstract void put(BatchMetadata metadata, int index);
}
