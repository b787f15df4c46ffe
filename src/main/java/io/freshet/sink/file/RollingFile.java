package io.freshet.sink.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.freshet.codec.EncodedRecords;

/**
 * A file of lines to which records are appended within limits. It detects that the file was removed or replaced, and then opens
 * a new one. Not thread-safe.
 */
final class RollingFile implements AutoCloseable {

    /** Thrown if the file starts with a header other than that of the records to append. */
    static final class OtherHeaderException extends IOException {
        private static final long serialVersionUID = 1L;

        OtherHeaderException(String message) {
            super(message);
        }
    }

    private static final Logger LOG = Logger.getLogger(FileSink.class);
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final FileLimits limits;
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private long records;

    RollingFile(Path path, FileLimits limits) {
        this.path = path;
        this.limits = limits;
    }

    /**
     * Opens the file if it is not open, or if its path now names another file.
     *
     * @param header the header with which a file that is not empty must start; null for none
     */
    void open(byte @Nullable [] header) throws IOException {
        FileChannel open = channel;
        if (open != null && isCurrent()) {
            return;
        }
        if (open != null) {
            LOG.warnf("The file of a sink was removed or replaced; opening it again: path=%s", path);
            close();
        }
        FileChannel opened = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
        try {
            if (header != null && opened.size() > 0) {
                checkHeader(header);
            }
            records = limits.maxRecords() == Long.MAX_VALUE ? 0 : lines() - (header != null && opened.size() > 0 ? 1 : 0);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        channel = opened;
        key = fileKey();
        LOG.infof("File of a sink opened: path=%s size=%d", path, opened.size());
    }

    private boolean isCurrent() throws IOException {
        Object now = fileKey();
        // some file systems have no keys
        return now == null ? Files.exists(path) : now.equals(key);
    }

    private @Nullable Object fileKey() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void checkHeader(byte[] header) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(header.length + 1);
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
            while (first.hasRemaining() && in.read(first) >= 0) {
                // continue until the buffer is full or the file ends
            }
        }
        byte[] expected = Arrays.copyOf(header, header.length + 1);
        expected[header.length] = EncodedRecords.LINE_BREAK;
        if (first.hasRemaining() || !Arrays.equals(first.array(), expected)) {
            throw new OtherHeaderException("the file " + path.getFileName()
                    + " has another header; move it away, or name another path");
        }
    }

    private long lines() throws IOException {
        long lines = 0;
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
            while (in.read(buffer.clear()) >= 0) {
                for (int i = 0; i < buffer.position(); i++) {
                    lines += buffer.get(i) == EncodedRecords.LINE_BREAK ? 1 : 0;
                }
            }
        }
        return lines;
    }

    /** Returns whether the file is empty. */
    boolean isEmpty() throws IOException {
        return opened().size() == 0;
    }

    /** Returns whether the file holds the maximum number of records. */
    boolean hasAllRecords() {
        return records >= limits.maxRecords();
    }

    /**
     * Returns how many of the open records fit, starting at {@code from}.
     *
     * @param open the indices of the open records in ascending order
     */
    int fitting(EncodedRecords lines, int[] open, int from) throws IOException {
        long size = opened().size();
        long bytes = size;
        int fitting = 0;
        while (from + fitting < open.length && records + fitting < limits.maxRecords()) {
            bytes += lines.length(open[from + fitting]) + 1;
            if (bytes > limits.maxBytes() && (size > 0 || fitting > 0)) {
                break;
            }
            fitting++;
        }
        return fitting;
    }

    /** Appends lines. If an error occurs, none of them stays in the file. */
    void append(byte @Nullable [] header, EncodedRecords lines, int[] open) throws IOException {
        FileChannel to = opened();
        long before = to.size();
        try {
            if (header != null && before == 0) {
                append(to, ByteBuffer.wrap(header));
                append(to, ByteBuffer.wrap(new byte[] { EncodedRecords.LINE_BREAK }));
            }
            append(to, lines, open);
        } catch (IOException e) {
            to.truncate(before);
            throw e;
        }
        records += open.length;
    }

    /** Appends records as lines and writes consecutive records at once. */
    private static void append(FileChannel to, EncodedRecords records, int[] open) throws IOException {
        for (int first = 0; first < open.length;) {
            int last = first;
            while (last + 1 < open.length && open[last + 1] == open[last] + 1) {
                last++;
            }
            int start = records.start(open[first]);
            append(to, ByteBuffer.wrap(records.bytes(), start, records.end(open[last]) + 1 - start));
            first = last + 1;
        }
    }

    private static void append(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    /** Renames the full file and deletes the oldest of the files that were renamed before. */
    void rollOver() throws IOException {
        close();
        Files.deleteIfExists(rolled(limits.rollOver()));
        for (int i = limits.rollOver() - 1; i >= 0; i--) {
            if (Files.exists(rolled(i))) {
                Files.move(rolled(i), rolled(i + 1), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private Path rolled(int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
    }

    private FileChannel opened() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException("the file is not open");
        }
        return open;
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
