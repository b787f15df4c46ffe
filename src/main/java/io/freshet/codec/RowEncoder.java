package io.freshet.codec;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;

/**
 * Encodes rows block by block and, within a block, column by column. Each row has a slot of the same width in memory that stays
 * in the first-level cache. Every column is written for all rows before the next column, so that the processor overlaps the
 * work on neighbouring rows; then the rows are moved together. A row that is too wide for a slot is written directly to its
 * destination.
 */
final class RowEncoder {

    /** The maximum number of rows in a block. */
    static final int MAX_ROWS = 64;
    private static final int SLOT_BYTES = 1 << 15;
    private static final int LINE = 64;

    /** A field of the layout with its writer. */
    private record Field(int column, FieldWriter writer, List<Integer> within) {
    }

    private final Dialect dialect;
    private final List<Field> fields = new ArrayList<>();
    private final byte[] slots = new byte[SLOT_BYTES + LINE];
    private final int[] ends = new int[MAX_ROWS];
    /** Where rows ended before a field that some of them leave out. */
    private final int[] before = new int[MAX_ROWS];
    private @Nullable RowBatch prepared;
    private @Nullable Layout layout;
    private boolean metadata;

    RowEncoder(Dialect dialect) {
        this.dialect = dialect;
    }

    void encode(RowBatch rows, @Nullable BatchMetadata stamp, EncodedRecords into) {
        Layout known = prepare(rows, stamp != null);
        ByteFragment end = ByteFragment.of(stamp == null ? known.end() : dialect.end(known, stamp));
        into.clear(rows.size());
        int from = 0;
        while (from < rows.size()) {
            int size = Math.min(MAX_ROWS, rows.size() - from);
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

    /**
     * Returns an odd number of cache lines, because slots whose distance is a power of two would evict each other from the
     * cache.
     */
    private static long stride(long width) {
        return (width + LINE - 1) / LINE * LINE | LINE;
    }

    private void encodeBlock(RowBatch rows, int from, int size, int stride, ByteFragment end, EncodedRecords into) {
        for (int i = 0; i < size; i++) {
            ends[i] = i * stride;
        }
        for (int f = 0; f < fields.size(); f++) {
            write(fields.get(f), rows, from, size, slots);
        }
        for (int i = 0; i < size; i++) {
            ends[i] = end.write(slots, ends[i]);
        }
        into.append(slots, stride, ends, size);
    }

    private void write(Field field, RowBatch rows, int from, int size, byte[] bytes) {
        if (!field.within.isEmpty()) {
            System.arraycopy(ends, 0, before, 0, size);
        }
        field.writer.write(rows.vector(field.column), from, size, bytes, ends);
        for (int object : field.within) {
            ColumnVector presence = rows.vector(object);
            for (int i = 0; i < size; i++) {
                ends[i] = presence.isMissing(from + i) ? before[i] : ends[i];
            }
        }
    }

    /** Encodes one row and makes room field by field, so that only one value at a time needs its maximum width. */
    private void encodeAlone(RowBatch rows, int row, ByteFragment end, EncodedRecords into) {
        int written = 0;
        for (int f = 0; f < fields.size(); f++) {
            Field field = fields.get(f);
            ColumnVector vector = rows.vector(field.column);
            byte[] bytes = into.reserve(written, field.writer.widest(vector, row, 1));
            ends[0] = into.used() + written;
            write(field, rows, row, 1, bytes);
            written = ends[0] - into.used();
        }
        byte[] bytes = into.reserve(written, end.widest());
        into.append(end.write(bytes, into.used() + written) - into.used());
    }

    /** Creates writers for the vectors of this batch and reuses those of the previous batch that still fit. */
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
        for (int f = 0; f < known.fields().size(); f++) {
            Layout.Field field = known.fields().get(f);
            ColumnVector vector = rows.vector(field.column());
            if (f == fields.size()) {
                fields.add(of(field, schema, vector, known.missing()));
            } else if (!serves(fields.get(f).writer, vector)) {
                fields.set(f, of(field, schema, vector, known.missing()));
            }
        }
        layout = known;
        prepared = rows;
        metadata = withMetadata;
        return known;
    }

    private Field of(Layout.Field field, Schema schema, ColumnVector vector, String missing) {
        Column column = schema.column(field.column());
        FieldWriters writers = new FieldWriters(dialect, dialect.missing(column, missing));
        FieldWriter writer = field.part() == Layout.Part.VALUE ? writers.of(column, vector, field.before())
                : writers.ofObject(field.part(), (CodedVector) vector, field.before());
        return new Field(field.column(), writer, field.within());
    }

    private static boolean serves(FieldWriter writer, ColumnVector vector) {
        return writer instanceof DictionaryWriter tokens ? tokens.serves(vector) : !(vector instanceof CodedVector);
    }
}
