package io.freshet.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/**
 * Writes a Parquet file, row group by row group. Values are put into the {@link #buffers}, one per column and row; a row group
 * is written as soon as it is full, so that memory does not grow with the number of rows. Not thread-safe.
 */
public final class ParquetWriter implements AutoCloseable {

    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    static final String CREATED_BY = "freshet version 1.0.0 (build freshet)";
    private static final int VERSION = 2;
    private static final int MAX_ROWS = 122_880;
    private static final int MIN_ROWS = 1024;
    private static final long GROUP_BYTES = 24L << 20;

    /** A column of a row group, with the index of its pages. */
    private record IndexedChunk(ColumnChunk chunk, PageIndex index) {
    }

    private final List<FileColumn> columns;
    private final Map<String, String> metadata;
    private final Compression compression;
    private final CountingOutput out;
    private final List<ColumnBuffer> buffers;
    private final List<ColumnBuffer> inFileOrder;
    private final List<RowGroup> groups = new ArrayList<>();
    private final List<IndexedChunk> indexes = new ArrayList<>();
    private final PageBytes page = new PageBytes();
    private final int maxRows;
    private long rows;
    private int pending;
    private boolean started;
    private boolean closed;

    /**
     * @param out receives the file; closed with the writer
     * @param tokens for each column, whether its texts come as codes of a dictionary
     * @param metadata keys and values for the footer
     */
    public ParquetWriter(OutputStream out, List<FileColumn> columns, List<Boolean> tokens, Compression compression,
            Map<String, String> metadata) {
        this.out = new CountingOutput(out);
        this.columns = List.copyOf(columns);
        this.metadata = Map.copyOf(metadata);
        this.compression = compression;
        this.buffers = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            buffers.add(buffer(columns.get(c), tokens.get(c)));
        }
        Map<List<String>, ColumnBuffer> byPath = new HashMap<>();
        buffers.forEach(buffer -> byPath.put(buffer.column().path(), buffer));
        this.inFileOrder = SchemaElements.inOrder(columns).stream().map(column -> byPath.get(column.path())).toList();
        this.maxRows = (int) Math.max(MIN_ROWS,
                Math.min(MAX_ROWS, GROUP_BYTES / (Long.BYTES * Math.max(1L, columns.size()))));
    }

    private static ColumnBuffer buffer(FileColumn column, boolean tokens) {
        if (!column.kind().isText()) {
            return new NumberBuffer(column);
        }
        return tokens ? new TokenBuffer(column) : new TextBuffer(column);
    }

    /** Returns the buffer of each column: a {@link NumberBuffer}, a {@link TokenBuffer} or a {@link TextBuffer}. */
    public List<ColumnBuffer> buffers() {
        return List.copyOf(buffers);
    }

    /** Returns how many rows may be put into the buffers before the next call of {@link #addRows}. */
    public int room() {
        return maxRows - pending;
    }

    /** Records that all buffers received this many more rows. */
    public void addRows(int count) throws IOException {
        pending += count;
        if (pending >= maxRows || sizeBytes() > GROUP_BYTES) {
            writeGroup();
        }
    }

    private long sizeBytes() {
        long size = 0;
        for (ColumnBuffer buffer : buffers) {
            size += buffer.sizeBytes();
        }
        return size;
    }

    private void begin() throws IOException {
        if (!started) {
            started = true;
            out.write(MAGIC);
        }
    }

    private void writeGroup() throws IOException {
        begin();
        long start = out.count();
        List<ColumnChunk> chunks = new ArrayList<>();
        long uncompressed = 0;
        for (ColumnBuffer buffer : inFileOrder) {
            if (buffer.rows() != pending) {
                throw new IllegalStateException("column " + String.join(".", buffer.column().path()) + " has "
                        + buffer.rows() + " rows instead of " + pending);
            }
            ChunkWriter writer = new ChunkWriter(buffer.column(), compression, out, page);
            ColumnChunk chunk = buffer.write(writer);
            indexes.add(new IndexedChunk(chunk, writer.index()));
            uncompressed += chunk.getMeta_data().getTotal_uncompressed_size();
            chunks.add(chunk);
        }
        groups.add(new RowGroup(chunks, uncompressed, pending).setFile_offset(start)
                .setTotal_compressed_size(out.count() - start).setOrdinal((short) Math.min(groups.size(), Short.MAX_VALUE)));
        rows += pending;
        pending = 0;
    }

    /** Writes the remaining rows and the footer, and closes the output. Without this call, the file is not valid. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            begin();
            if (pending > 0) {
                writeGroup();
            }
            writeIndexes();
            long start = out.count();
            Util.writeFileMetaData(footer(), out);
            int length = Math.toIntExact(out.count() - start);
            page.reset();
            page.putInt(length);
            page.write(MAGIC, 0, MAGIC.length);
            page.writeTo(out);
        }
    }

    private void writeIndexes() throws IOException {
        for (IndexedChunk each : indexes) {
            each.index().writeLimits(each.chunk(), out);
        }
        for (IndexedChunk each : indexes) {
            each.index().writeLocations(each.chunk(), out);
        }
    }

    private FileMetaData footer() {
        FileMetaData footer = new FileMetaData(VERSION, SchemaElements.of(columns), rows, groups).setCreated_by(CREATED_BY);
        columns.forEach(column -> footer.addToColumn_orders(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
        metadata.forEach((key, value) -> footer.addToKey_value_metadata(new KeyValue(key).setValue(value)));
        return footer;
    }
}
