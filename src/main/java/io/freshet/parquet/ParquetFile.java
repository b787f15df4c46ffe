package io.freshet.parquet;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Reads a Parquet file record by record. Memory holds one page of each column, whatever the size of the file. Not thread-safe.
 */
public final class ParquetFile implements AutoCloseable {

    private static final int TAIL_BYTES = Integer.BYTES + ParquetWriter.MAGIC.length;
    private static final int MAX_FOOTER_BYTES = 64 << 20;
    private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

    private final FileChannel channel;
    private final FileMetaData footer;
    private final MessageType schema;
    private final Map<String, String> metadata = new HashMap<>();

    private ParquetFile(FileChannel channel) throws IOException {
        this.channel = channel;
        this.footer = footer(channel);
        this.schema = FooterSchema.of(footer.getSchema());
        if (footer.isSetKey_value_metadata()) {
            footer.getKey_value_metadata().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        }
    }

    /**
     * Opens a file and reads its footer.
     *
     * @throws ParquetException if it is not a Parquet file, or its footer is damaged
     */
    public static ParquetFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new ParquetFile(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (e instanceof ParquetException refused) {
                throw refused;
            }
            throw new ParquetException("the footer of the Parquet file is damaged: " + e.getMessage(), e);
        }
    }

    private static FileMetaData footer(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < ParquetWriter.MAGIC.length + TAIL_BYTES) {
            throw new ParquetException("the input is not a Parquet file: it has only " + size + " bytes");
        }
        ByteBuffer tail = read(channel, size - TAIL_BYTES, TAIL_BYTES);
        byte[] magic = Arrays.copyOfRange(tail.array(), Integer.BYTES, TAIL_BYTES);
        if (Arrays.equals(magic, ENCRYPTED)) {
            throw new ParquetException("the Parquet file is encrypted, which is not supported");
        }
        if (!Arrays.equals(magic, ParquetWriter.MAGIC)) {
            boolean begins = Arrays.equals(read(channel, 0, magic.length).array(), ParquetWriter.MAGIC);
            throw new ParquetException(begins ? "the Parquet file is cut off: its footer is missing"
                    : "the input is not a Parquet file: it does not end with PAR1");
        }
        int length = tail.getInt(0);
        if (length <= 0 || length > size - TAIL_BYTES - ParquetWriter.MAGIC.length || length > MAX_FOOTER_BYTES) {
            throw new ParquetException("the footer of the Parquet file is damaged: its length is " + length);
        }
        byte[] bytes = read(channel, size - TAIL_BYTES - length, length).array();
        return Util.readFileMetaData(new ByteArrayInputStream(bytes), MAX_FOOTER_BYTES);
    }

    static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ends at byte " + (position + bytes.position()));
            }
        }
        return bytes;
    }

    /** Returns the keys and values of the footer. */
    public Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    /** Returns the names of the top-level fields in order. */
    public List<String> names() {
        return schema.getFields().stream().map(org.apache.parquet.schema.Type::getName).toList();
    }

    /** Returns the number of rows. */
    public long rows() {
        return footer.getNum_rows();
    }

    /**
     * Reads all records.
     *
     * @param columns the names of the top-level fields to read; empty for all. Pages of other columns are not read
     * @throws ParquetException if the file is damaged or uses an unsupported feature; it also wraps an exception of the
     *         receiver
     */
    public void read(List<String> columns, RowReceiver receiver) throws IOException {
        MessageType projection = FooterSchema.project(schema, columns);
        RowAssembly assembly = new RowAssembly(projection, receiver);
        MessageColumnIO io = new ColumnIOFactory(footer.getCreated_by()).getColumnIO(projection, schema);
        long row = 0;
        try {
            for (RowGroup group : footer.getRow_groups()) {
                if (group.getNum_rows() == 0) {
                    continue;
                }
                RecordReader<Void> records = io.getRecordReader(new GroupPages(channel, group, schema), assembly);
                for (long i = 0; i < group.getNum_rows(); i++) {
                    row++;
                    receiver.beginRow();
                    records.read();
                    receiver.endRow();
                }
            }
        } catch (ParquetException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ParquetException("the Parquet file cannot be read at row " + Math.max(1, row) + ": " + reason(e), e);
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            if (cause instanceof ParquetException) {
                break;
            }
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
