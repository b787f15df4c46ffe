package io.freshet.codec;

import java.nio.charset.StandardCharsets;

/**
 * Encodes rows for a {@link ParquetJournal}: for each column a byte that says whether there is a value, if it may be missing,
 * and then the value as a zigzag varint, eight bytes of a double, or the length and bytes of a text. The byte is 1 for a value,
 * 0 for none, and <i>n</i> + 1 for none in the <i>n</i>th of the objects around it that may be missing.
 */
public final class ParquetRowEncoder extends BinaryEncoder {

    public ParquetRowEncoder() {
        super("");
    }

    @Override
    void put(BinaryColumn column, int index, int row) {
        if (isStamped() && Layout.METADATA.contains(column.column().name())) {
            return;
        }
        boolean missing = column.isMissing(row);
        if (column.isOptional()) {
            int objects = missing ? column.objects(row) : 0;
            record.put(missing && objects == 0 ? 0 : objects + 1);
        }
        if (!missing) {
            putValue(column, row);
        }
    }

    private void putValue(BinaryColumn column, int row) {
        switch (column.kind()) {
            case TEXT, NOTHING -> putText(column.text(row));
            case DOUBLE -> record.putDouble(column.real(row));
            default -> record.putZigzag(ParquetRows.number(column, row));
        }
    }

    private void putText(byte[] text) {
        record.putVarint(text.length);
        record.put(text);
    }

    @Override
    void put(BatchMetadata metadata, int index) {
        record.putZigzag(metadata.generatedAt().toEpochMilli());
        putText(metadata.batchId().getBytes(StandardCharsets.UTF_8));
    }

    /** Files have no keys. */
    @Override
    public byte[] key(byte[] text, boolean wholeNumber) {
        return text;
    }
}
