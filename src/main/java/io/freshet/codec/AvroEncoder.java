package io.freshet.codec;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

import io.freshet.table.RecordSchema;

/** Encodes rows in Avro's binary encoding (specification 1.11), following the schema of {@link AvroSchema}. */
final class AvroEncoder extends BinaryEncoder {

    private static final int NULL = 0;
    private static final int VALUE = 1;
    private static final long MICROS_PER_MILLI = 1000;

    AvroEncoder() {
        super(RecordSchema.AVRO);
    }

    @Override
    void put(BinaryColumn column, int index, int row) {
        boolean missing = column.isMissing(row);
        if (AvroSchema.isUnion(column.column())) {
            record.putZigzag(missing ? NULL : VALUE);
        } else if (missing && column.kind() != BinaryKind.NOTHING) {
            throw new IllegalStateException("a value is missing in a column without missing values: " + column.column().name());
        }
        if (missing) {
            return;
        }
        switch (column.kind()) {
            case LONG -> record.putZigzag(column.number(row));
            case DECIMAL -> putBytes(BigInteger.valueOf(column.number(row)).toByteArray());
            case DATE -> record.putZigzag(column.day(row));
            case TIME -> record.putZigzag(column.milliOfDay(row));
            case TIMESTAMP -> record.putZigzag(Math.floorDiv(column.epochMicros(row), MICROS_PER_MILLI));
            case TIMESTAMP_MICROS -> record.putZigzag(column.epochMicros(row));
            case DOUBLE -> record.putDouble(column.real(row));
            case BOOL -> record.put(column.truth(row) ? 1 : 0);
            default -> putBytes(column.text(row));
        }
    }

    private void putBytes(byte[] bytes) {
        record.putZigzag(bytes.length);
        record.put(bytes);
    }

    @Override
    void put(BatchMetadata metadata, int index) {
        record.putZigzag(metadata.generatedAt().toEpochMilli());
        putBytes(metadata.batchId().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] key(byte[] text, boolean wholeNumber) {
        RecordBytes bytes = new RecordBytes();
        if (wholeNumber) {
            bytes.putZigzag(KeyEncoder.wholeNumber(text));
            return bytes.copy();
        }
        bytes.putZigzag(text.length);
        bytes.put(text);
        return bytes.copy();
    }
}
