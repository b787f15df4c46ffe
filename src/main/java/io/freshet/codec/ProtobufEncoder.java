package io.freshet.codec;

import java.nio.charset.StandardCharsets;

/**
 * Rows in the wire format of Protocol Buffers, by the schema of {@link ProtobufSchema}. Fields with the value that they have
 * when they are left out are left out, unless they may be missing.
 */
final class ProtobufEncoder extends BinaryEncoder {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final double[] POWERS = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
            1e16, 1e17, 1e18 };

    @Override
    void put(BatchMetadata metadata, int index) {
        putText(ProtobufSchema.number(index), metadata.generatedAt().toString().getBytes(StandardCharsets.UTF_8));
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
            case DECIMAL -> putReal(number, column.number(row) / POWERS[BinaryColumn.scale(column.column().type())], always);
            case DOUBLE -> putReal(number, column.real(row), always);
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

    private void putReal(int number, double value, boolean always) {
        // the negative zero is not what a field has that is left out
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
    public byte[] key(byte[] text) {
        RecordBytes bytes = new RecordBytes();
        bytes.putVarint(1 << 3 | LENGTH);
        bytes.putVarint(text.length);
        bytes.put(text);
        return bytes.copy();
    }
}
