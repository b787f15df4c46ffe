package io.freshet.codec;

import java.nio.charset.StandardCharsets;

import io.freshet.table.RecordSchema;

/**
 * Encodes rows in the wire format of Protocol Buffers, following the schema of {@link ProtobufSchema}. A field with its default
 * value is omitted, unless its column may have missing values.
 */
final class ProtobufEncoder extends BinaryEncoder {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;
    private static final double[] POWERS = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
            1e16, 1e17, 1e18 };

    private final RecordBytes timestamp = new RecordBytes();

    ProtobufEncoder() {
        super(RecordSchema.PROTOBUF);
    }

    @Override
    void put(BatchMetadata metadata, int index) {
        putTimestamp(ProtobufSchema.number(index), metadata.generatedAt().getEpochSecond(), metadata.generatedAt().getNano());
        putText(ProtobufSchema.number(index + 1), metadata.batchId().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void put(BinaryColumn column, int index, int row) {
        if (column.isMissing(row)) {
            return;
        }
        int number = ProtobufSchema.number(index);
        boolean always = column.column().nullable();
        switch (column.kind()) {
            case LONG -> putNumber(number, column.number(row), always);
            case DECIMAL -> putReal(number, column.number(row) / POWERS[BinaryKind.scale(column.column().type())], always);
            case DOUBLE -> putReal(number, column.real(row), always);
            case TIME -> putNumber(number, column.milliOfDay(row), always);
            case DATE, TIMESTAMP, TIMESTAMP_MICROS -> putInstant(number, column.epochMicros(row));
            case BOOL -> putNumber(number, column.truth(row) ? 1 : 0, always);
            default -> {
                byte[] text = column.text(row);
                if (always || text.length > 0) {
                    putText(number, text);
                }
            }
        }
    }

    private void putNumber(int number, long value, boolean always) {
        if (always || value != 0) {
            tag(number, VARINT);
            record.putVarint(value);
        }
    }

    private void putInstant(int number, long epochMicros) {
        putTimestamp(number, Math.floorDiv(epochMicros, MICROS_PER_SECOND),
                (int) Math.floorMod(epochMicros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    /** Writes a nested message whose first field is the seconds and whose second is the nanoseconds. */
    private void putTimestamp(int number, long seconds, int nanos) {
        timestamp.clear();
        if (seconds != 0) {
            timestamp.put(1 << 3 | VARINT);
            timestamp.putVarint(seconds);
        }
        if (nanos != 0) {
            timestamp.put(2 << 3 | VARINT);
            timestamp.putVarint(nanos);
        }
        putText(number, timestamp.copy());
    }

    private void putReal(int number, double value, boolean always) {
        // negative zero is not the default value of a field
        if (always || Double.doubleToLongBits(value) != 0) {
            tag(number, FIXED_64);
            record.putDouble(value);
        }
    }

    private void putText(int number, byte[] text) {
        tag(number, LENGTH);
        record.putVarint(text.length);
        record.put(text);
    }

    private void tag(int number, int wireType) {
        record.putVarint((long) number << 3 | wireType);
    }

    @Override
    public byte[] key(byte[] text, boolean wholeNumber) {
        RecordBytes bytes = new RecordBytes();
        if (wholeNumber) {
            bytes.put(1 << 3 | VARINT);
            bytes.putVarint(KeyEncoder.wholeNumber(text));
            return bytes.copy();
        }
        bytes.putVarint(1 << 3 | LENGTH);
        bytes.putVarint(text.length);
        bytes.put(text);
        return bytes.copy();
    }
}
