package io.freshet.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.CsvEncoder;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.RecordBatch;

/** Appends to a file inside a folder, as NDJSON or CSV. A batch is in the file whole or not at all. */
public final class FileSink implements Sink {

    private final Path folder;
    private final Path path;
    private final boolean csv;
    private final CsvEncoder encoder = new CsvEncoder();
    private final EncodedRecords encoded = EncodedRecords.create();
    private @Nullable FileChannel file;

    /**
     * @param folder no symbolic link may lead out of it
     * @param path inside the folder
     */
    public FileSink(Path folder, Path path, boolean csv) {
        this.folder = folder;
        this.path = path;
        this.csv = csv;
    }

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public synchronized CompletionStage<Delivery> deliver(OutgoingBatch batch) {
        return CompletableFuture.completedStage(write(batch));
    }

    private Delivery write(OutgoingBatch batch) {
        try {
            FileChannel to = open();
            if (to == null) {
                return new Delivery.PermanentFailure("the file " + path.getFileName() + " is outside the folder for files");
            }
            long before = to.size();
            try {
                if (csv && before == 0 && batch.records() instanceof RecordBatch.Rows rows) {
                    append(to, ByteBuffer.wrap(CsvEncoder.header(rows.rows().schema(), batch.metadata() != null)));
                    append(to, ByteBuffer.wrap(new byte[] { EncodedRecords.LINE_BREAK }));
                }
                EncodedRecords lines = lines(batch);
                append(to, ByteBuffer.wrap(lines.bytes(), 0, lines.used()));
            } catch (IOException e) {
                to.truncate(before);
                throw e;
            }
            return Delivery.delivered();
        } catch (IOException e) {
            return new Delivery.TransientFailure("the file " + path.getFileName() + " cannot be written: " + e.getMessage());
        }
    }

    /** The records as lines; NDJSON and CSV are nothing else. */
    private EncodedRecords lines(OutgoingBatch batch) {
        if (!csv) {
            return batch.json();
        }
        encoder.encode(batch.records(), batch.metadata(), encoded);
        return encoded;
    }

    private static void append(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    /** The file, or null if it is elsewhere than its path says. */
    private @Nullable FileChannel open() throws IOException {
        FileChannel open = file;
        if (open == null) {
            Path parent = Files.createDirectories(path.toAbsolutePath().getParent()).toRealPath();
            Path real = Files.exists(path) ? path.toRealPath() : parent.resolve(path.getFileName());
            if (!real.startsWith(folder.toRealPath())) {
                return null;
            }
            open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            file = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        try {
            if (file != null) {
                file.close();
                file = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
