package io.freshet.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.parquet.ColumnBuffer;
import io.freshet.parquet.Compression;
import io.freshet.parquet.FileColumn;
import io.freshet.parquet.NumberBuffer;
import io.freshet.parquet.ParquetWriter;
import io.freshet.parquet.TextBuffer;
import io.freshet.parquet.TokenBuffer;
import io.freshet.table.CodedVector;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.NumberVector;
import io.freshet.table.RowBatch;
import io.freshet.table.Schema;
import io.freshet.table.TextVector;

/**
 * Writes rows as a Parquet file, with types from their schema. Memory holds one row group, whatever the number of rows. Not
 * thread-safe.
 */
public final class ParquetRows implements AutoCloseable {

    /** The media type of Parquet files. */
    public static final String MEDIA_TYPE = "application/vnd.apache.parquet";

    private final boolean metadata;
    private final List<Integer> columns = new ArrayList<>();
    private final ParquetWriter writer;
    private final List<ColumnBuffer> buffers;
    private List<BinaryColumn> prepared = List.of();
    private @Nullable RowBatch last;

    /**
     * @param first a batch of the schema that will be written; it decides which texts are written by codes
     * @param metadata whether the rows carry {@link BatchMetadata}
     * @param out receives the file; closed with the writer
     */
    public ParquetRows(RowBatch first, boolean metadata, Compression compression, OutputStream out) {
        Schema schema = first.sizedSchema();
        this.metadata = metadata;
        List<FileColumn> fileColumns = ParquetColumns.of(schema, metadata);
        List<Boolean> tokens = new ArrayList<>();
        for (int c = 0; c < schema.size(); c++) {
            Column column = schema.column(c);
            if (ParquetColumns.isWritten(column, metadata)) {
                columns.add(c);
                tokens.add(first.vector(c) instanceof CodedVector);
            }
        }
        if (metadata) {
            tokens.addAll(List.of(false, false));
        }
        this.writer = new ParquetWriter(out, fileColumns, tokens, compression, ParquetColumns.formats(schema));
        this.buffers = writer.buffers();
    }

    /**
     * Writes all rows of a batch of the same schema.
     *
     * @param stamp the metadata of all its rows; needed if the rows carry metadata
     */
    public void write(RowBatch rows, @Nullable BatchMetadata stamp) throws IOException {
        prepare(rows);
        int from = 0;
        while (from < rows.size()) {
            int to = from + Math.min(rows.size() - from, writer.room());
            for (int i = 0; i < columns.size(); i++) {
                put(prepared.get(i), buffers.get(i), from, to);
            }
            if (metadata) {
                put(stamp, to - from);
            }
            writer.addRows(to - from);
            from = to;
        }
    }

    private void prepare(RowBatch rows) {
        if (rows != last) {
            prepared = columns.stream().map(c -> BinaryColumn.of(rows, c)).toList();
            last = rows;
        }
    }

    private static void put(BinaryColumn column, ColumnBuffer buffer, int from, int to) {
        if (buffer instanceof NumberBuffer numbers) {
            put(column, numbers, from, to);
        } else if (buffer instanceof TokenBuffer tokens) {
            put(column, tokens, from, to);
        } else {
            put(column, (TextBuffer) buffer, from, to);
        }
    }

    private static void put(BinaryColumn column, NumberBuffer into, int from, int to) {
        if (column.kind() == BinaryKind.LONG && !column.isOptional() && column.vector() instanceof NumberVector numbers
                && !(column.column().type() instanceof ColumnType.DateTime)) {
            into.put(numbers.values(), from, to);
            return;
        }
        boolean optional = column.isOptional();
        for (int row = from; row < to; row++) {
            if (optional && column.isMissing(row)) {
                into.putMissing(column.objects(row));
            } else {
                into.put(number(column, row));
            }
        }
    }

    /** Returns a value that is not a text in the representation of its {@link io.freshet.parquet.ColumnKind}. */
    static long number(BinaryColumn column, int row) {
        return switch (column.kind()) {
            case DOUBLE -> Double.doubleToRawLongBits(column.real(row));
            case BOOL -> column.truth(row) ? 1 : 0;
            case DATE -> column.day(row);
            case TIME -> column.milliOfDay(row);
            case TIMESTAMP -> Math.floorDiv(column.epochMicros(row), 1000);
            case TIMESTAMP_MICROS -> column.epochMicros(row);
            default -> column.number(row);
        };
    }

    private static void put(BinaryColumn column, TokenBuffer into, int from, int to) {
        CodedVector coded = (CodedVector) column.vector();
        into.use(coded.dictionary(), coded.dictionary().size(), column::token);
        int[] codes = coded.codes();
        boolean flat = column.isFlat();
        int missing = coded.dictionary().size();
        for (int row = from; row < to; row++) {
            if (flat ? codes[row] == missing : column.isMissing(row)) {
                into.putMissing(column.objects(row));
            } else {
                into.put(codes[row]);
            }
        }
    }

    private static void put(BinaryColumn column, TextBuffer into, int from, int to) {
        TextVector texts = column.vector() instanceof TextVector own && !column.column().isArray() ? own : null;
        for (int row = from; row < to; row++) {
            if (column.isMissing(row)) {
                into.putMissing(column.objects(row));
            } else if (texts != null) {
                into.put(texts.bytes(), texts.start(row), texts.end(row));
            } else {
                byte[] text = column.text(row);
                into.put(text, 0, text.length);
            }
        }
    }

    private void put(@Nullable BatchMetadata stamp, int rows) {
        if (stamp == null) {
            throw new IllegalArgumentException("the rows of this file carry metadata");
        }
        NumberBuffer times = (NumberBuffer) buffers.get(columns.size());
        TextBuffer batches = (TextBuffer) buffers.get(columns.size() + 1);
        byte[] batch = String.valueOf(stamp.batchId()).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < rows; i++) {
            times.put(stamp.generatedAt().toEpochMilli());
            batches.put(batch, 0, batch.length);
        }
    }

    /** Writes the footer and closes the output. Without this call, the file is not valid. */
    @Override
    public void close() throws IOException {
        writer.close();
    }
}
