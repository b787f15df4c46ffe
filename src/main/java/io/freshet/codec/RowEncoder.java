package io.freshet.codec;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.table.CodedVector;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

/**
 * Encodes rows block by block and, within a block, column by column: each row has a slot of the same width in memory that stays
 * in the first-level cache, every column is written for all rows before the next one, so that the work on neighbouring rows
 * overlaps in the processor, and then the rows are moved together. A row too wide for a slot is written in its place.
 */
final class RowEncoder {

    /** How many rows a block has at most. */
    static final int MOST_ROWS = 64;
    private static final int SLOT_BYTES = 1 << 15;
    private static final int LINE = 64;

    /** A column of the layout and what writes it. */
    private record Field(int column, FieldWriter writer) {
    }

    private final Dialect dialect;
    private final List<Field> fields = new ArrayList<>();
    private final byte[] slots = new byte[SLOT_BYTES + LINE];
    private final int[] ends = new int[MOST_ROWS];
    private @Nullable RowBatch prepared;
    private @Nullable Layout layout;
    private boolean metadata;

    RowEncoder(Dialect dialect) {
        this.dialect = dialect;
    }

    void encode(RowBatch rows, @Nullable BatchMetadata stamp, EncodedRecords into) {
        Layout known = prepare(rows, stamp != null);
        Piece end = Piece.of(stamp == null ? known.end() : dialect.end(known, stamp));
        into.clear(rows.size());
        int from = 0;
        while (from < rows.size()) {
            int size = Math.min(MOST_ROWS, rows.size() - from);
            long width = width(rows, from, size) + end.widest();
            while (size > 1 && stride(width) * size > SLOT_BYTES) {
                size = (size + 1) / 2;
                width = width(rows, from, size) + end.widest();
            }
            if (stride(width) * size > SLOT_BYTES) {
                encodeAlone(rows, from, end, into);
            } else {
                encodeBlock(rows, from, size, (int) stride(width), end, into);
            }
            from += size;
        }
    }

    private long width(RowBatch rows, int from, int size) {
        long width = 0;
        for (int f = 0; f < fields.size(); f++) {
            Field field = fields.get(f);
            width += field.writer.widest(rows.vector(field.column), from, size);
        }
        return width;
    }

    /** An odd number of cache lines: slots whose distance is a power of two would crowd each other out of the cache. */
    private static long stride(long width) {
        return (width + LINE - 1) / LINE * LINE | LINE;
    }

    private void encodeBlock(RowBatch rows, int from, int size, int stride, Piece end, EncodedRecords into) {
        for (int i = 0; i < size; i++) {
            ends[i] = i * stride;
        }
        for (int f = 0; f < fields.size(); f++) {
            Field field = fields.get(f);
            field.writer.write(rows.vector(field.column), from, size, slots, ends);
        }
        for (int i = 0; i < size; i++) {
            ends[i] = end.write(slots, ends[i]);
        }
        into.append(slots, stride, ends, size);
    }

    /** Makes room field by field: only one value at a time is taken to be as wide as it may be. */
    private void encodeAlone(RowBatch rows, int row, Piece end, EncodedRecords into) {
        int written = 0;
        for (int f = 0; f < fields.size(); f++) {
            Field field = fields.get(f);
            ColumnVector vector = rows.vector(field.column);
            byte[] bytes = into.reserve(written, field.writer.widest(vector, row, 1));
            ends[0] = into.used() + written;
            field.writer.write(vector, row, 1, bytes, ends);
            written = ends[0] - into.used();
        }
        byte[] bytes = into.reserve(written, end.widest());
        into.append(end.write(bytes, into.used() + written) - into.used());
    }

    /** Makes writers for the vectors of this batch, except those that served the batch before and serve it too. */
    private Layout prepare(RowBatch rows, boolean withMetadata) {
        Layout known = layout;
        if (known != null && rows == prepared && withMetadata == metadata) {
            return known;
        }
        Schema schema = rows.schema();
        boolean sameFields = known != null && prepared != null && withMetadata == metadata
                && (schema == prepared.schema() || schema.equals(prepared.schema()));
        if (known == null || !sameFields) {
            known = dialect.layout(schema, withMetadata);
            fields.clear();
        }
        FieldWriters writers = new FieldWriters(dialect, known.missing());
        for (int f = 0; f < known.fields().size(); f++) {
            Layout.Field field = known.fields().get(f);
            ColumnVector vector = rows.vector(field.column());
            if (f == fields.size()) {
                fields.add(new Field(field.column(), writers.of(schema.column(field.column()).type(), vector, field.before())));
            } else if (!serves(fields.get(f).writer, vector)) {
                fields.set(f,
                        new Field(field.column(), writers.of(schema.column(field.column()).type(), vector, field.before())));
            }
        }
        layout = known;
        prepared = rows;
        metadata = withMetadata;
        return known;
    }

    private static boolean serves(FieldWriter writer, ColumnVector vector) {
        return writer instanceof TokenWriter tokens ? tokens.serves(vector) : !(vector instanceof CodedVector);
    }
}
