package io.freshet.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.CsvEncoder;
import io.freshet.codec.CsvFieldsEncoder;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.RecordEncoder;
import io.freshet.event.FieldPath;
import io.freshet.table.Schema;

/** Appends to a file inside a folder, as NDJSON or CSV. A batch is in the file whole or not at all. */
public final class FileSink implements Sink {

    private final Path folder;
    private final Path path;
    private final boolean csv;
    private final @Nullable RecordEncoder encoder;
    private final @Nullable CsvFieldsEncoder chosen;
    private @Nullable FileChannel file;

    /**
     * @param folder no symbolic link may lead out of it
     * @param path inside the folder
     */
    public FileSink(Path folder, Path path, boolean csv) {
        this(folder, path, csv, List.of());
    }

    /**
     * The same.
     *
     * @param columns of CSV, where the records do not have them; none for those they have
     */
    public FileSink(Path folder, Path path, boolean csv, List<FieldPath> columns) {
        this.folder = folder;
        this.path = path;
        this.csv = csv;
        this.chosen = columns.isEmpty() ? null : new CsvFieldsEncoder(columns);
        this.encoder = !csv ? null : chosen == null ? new CsvEncoder() : chosen;
    }

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public String target() {
        return String.valueOf(folder.relativize(path));
    }

    @Override
    public @Nullable RecordEncoder encoder() {
        return encoder;
    }

    @Override
    public synchronized CompletionStage<Delivery> deliver(Consignment consignment) {
        return CompletableFuture.completedStage(write(consignment));
    }

    private Delivery write(Consignment consignment) {
        try {
            FileChannel to = open();
            if (to == null) {
                return new Delivery.PermanentFailure("the file " + path.getFileName() + " is outside the folder for files");
            }
            long before = to.size();
            try {
                OutgoingBatch batch = consignment.batch();
                byte[] header = csv && before == 0 ? header(batch) : null;
                if (header != null) {
                    append(to, ByteBuffer.wrap(header));
                    append(to, ByteBuffer.wrap(new byte[] { EncodedRecords.LINE_BREAK }));
                }
                append(to, batch.records(), consignment.open());
            } catch (IOException e) {
                to.truncate(before);
                throw e;
            }
            return Delivery.delivered();
        } catch (IOException e) {
            return new Delivery.TransientFailure("the file " + path.getFileName() + " cannot be written: " + e.getMessage());
        }
    }

    private byte @Nullable [] header(OutgoingBatch batch) {
        boolean metadata = batch.metadata() != null;
        if (chosen != null) {
            return chosen.header(metadata);
        }
        Schema schema = batch.schema();
        return schema == null ? null : CsvEncoder.header(schema, metadata);
    }

    /** Appends records as lines, those that follow each other at once. */
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
