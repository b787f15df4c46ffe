package io.freshet.sink.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;

/**
 * A file with a header line and records, each with its length in four bytes. When it is opened, a record that a crash has cut
 * off is removed. Not thread-safe.
 */
final class JournalFile implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final FileLimits limits;
    private @Nullable FileChannel channel;
    private byte[] header = new byte[0];
    private long size;
    private long records;

    JournalFile(Path path, FileLimits limits) {
        this.path = path;
        this.limits = limits;
    }

    /**
     * Opens the journal if it is not open.
     *
     * @param wanted the header that a new journal gets
     */
    void open(byte[] wanted) throws IOException {
        if (channel != null) {
            return;
        }
        FileChannel opened = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            channel = opened;
            scan(opened);
            if (header.length == 0) {
                opened.truncate(0);
                write(ByteBuffer.wrap(wanted));
                header = wanted;
                size = wanted.length;
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Finds the header and the end of the last complete record. */
    private void scan(FileChannel in) throws IOException {
        header = new byte[0];
        size = 0;
        records = 0;
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(in.size(), 1 << 24));
        in.read(start, 0);
        for (int i = 0; i < start.position() && header.length == 0; i++) {
            header = start.get(i) == '\n' ? Arrays.copyOf(start.array(), i + 1) : header;
        }
        if (header.length == 0) {
            return;
        }
        size = header.length;
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (in.read(length.clear(), size) == Integer.BYTES && length.getInt(0) >= 0
                && size + Integer.BYTES + length.getInt(0) <= in.size()) {
            size += Integer.BYTES + length.getInt(0);
            records++;
        }
        in.truncate(size);
        in.position(size);
    }

    boolean hasHeader(byte[] other) {
        return Arrays.equals(header, other);
    }

    Path path() {
        return path;
    }

    /** Returns the number of bytes of the header and all complete records. */
    long size() {
        return size;
    }

    long records() {
        return records;
    }

    boolean hasAllRecords() {
        return records >= limits.maxRecords();
    }

    /** Returns how many of the open records fit, starting at {@code from}. */
    int fitting(EncodedRecords rows, int[] open, int from) {
        long bytes = size;
        int fitting = 0;
        while (from + fitting < open.length && records + fitting < limits.maxRecords()) {
            bytes += rows.length(open[from + fitting]) + Integer.BYTES;
            if (bytes > limits.maxBytes() && records + fitting > 0) {
                break;
            }
            fitting++;
        }
        return fitting;
    }

    /** Appends records. If an error occurs, none of them stays in the file. */
    void append(EncodedRecords rows, int[] open) throws IOException {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
            long bytes = 0;
            for (int record : open) {
                int length = rows.length(record);
                bytes += Integer.BYTES + length;
                if (buffer.remaining() < Integer.BYTES + length) {
                    write(buffer.flip());
                    buffer = length + Integer.BYTES > BUFFER
                            ? ByteBuffer.allocate(Integer.BYTES + length).order(ByteOrder.LITTLE_ENDIAN)
                            : buffer.clear();
                }
                buffer.putInt(length).put(rows.bytes(), rows.start(record), length);
            }
            write(buffer.flip());
            size += bytes;
            records += open.length;
        } catch (IOException e) {
            opened().truncate(size);
            opened().position(size);
            throw e;
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            opened().write(bytes);
        }
    }

    private FileChannel opened() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException("the journal is not open");
        }
        return open;
    }

    /** Opens the journal if it exists and is not open. */
    void reopen() throws IOException {
        if (channel == null && Files.exists(path)) {
            open(new byte[0]);
        }
    }

    boolean isOpen() {
        return channel != null;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
