package io.freshet.codec;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.table.RowBatch;

/** Rows in Avro's binary encoding (specification 1.11), by the schema of {@link AvroSchema}. */
final class AvroEncoder implements SchemaEncoder {

    private static final int NULL = 0;
    private static final int VALUE = 1;

    private final RecordBytes record = new RecordBytes();
    private final List<BinaryColumn> columns = new ArrayList<>();
    private @Nullable RowBatch prepared;

    @Override
    public void encode(RecordBatch batch, @Nullable BatchMetadata metadata, EncodedRecords into) {
        if (!(batch instanceof RecordBatch.Rows live)) {
            throw new IllegalArgumentException("Avro needs records with fixed columns");
        }
        RowBatch rows = live.rows();
        if (rows != prepared) {
            columns.clear();
            for (int c = 0; c < rows.schema().size(); c++) {
                columns.add(BinaryColumn.of(rows, c));
            }
            prepared = rows;
        }
        byte[] stamp = metadata == null ? new byte[0] : stamp(metadata);
        into.clear(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            record.clear();
            for (BinaryColumn column : columns) {
                put(column, row);
            }
            record.put(stamp);
            record.moveTo(into);
        }
    }

    private void put(BinaryColumn column, int row) {
        boolean missing = column.isMissing(row);
        if (AvroSchema.isUnion(column.column())) {
            record.putZigzag(missing ? NULL : VALUE);
        } else if (missing && column.kind() != BinaryColumn.Kind.NOTHING) {
            throw new IllegalStateException("a value is missing in a column without missing values: " + column.column().name());
        }
        if (missing) {
            return;
        }
        switch (column.kind()) {
            case LONG -> record.putZigzag(column.number(row));
            case DECIMAL -> putBytes(BigInteger.valueOf(column.number(row)).toByteArray());
            case DOUBLE -> record.putDouble(column.real(row));
            case BOOL -> record.put(column.truth(row) ? 1 : 0);
            default -> putBytes(column.text(row));
        }
    }

    private void putBytes(byte[] bytes) {
        record.putZigzag(bytes.length);
        record.put(bytes);
    }

    private static byte[] stamp(BatchMetadata metadata) {
        byte[] time = string(metadata.generatedAt().toString().getBytes(StandardCharsets.UTF_8));
        byte[] batch = string(metadata.batchId().getBytes(StandardCharsets.UTF_8));
        byte[] both = java.util.Arrays.copyOf(time, time.length + batch.length);
        System.arraycopy(batch, 0, both, time.length, batch.length);
        return both;
    }

    @Override
    public byte[] key(byte[] text) {
        return string(text);
    }

    /** A length and the bytes of it. */
    private static byte[] string(byte[] text) {
        RecordBytes bytes = new RecordBytes();
        bytes.putZigzag(text.length);
        bytes.put(text);
        return bytes.copy();
    }
}
