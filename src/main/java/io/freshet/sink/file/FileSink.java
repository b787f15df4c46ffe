package io.freshet.sink.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.CsvEncoder;
import io.freshet.codec.CsvFieldsEncoder;
import io.freshet.codec.RecordEncoder;
import io.freshet.event.FieldPath;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.Sink;
import io.freshet.table.Schema;

/**
 * Appends records to a file inside a folder, as NDJSON or CSV, within size limits. Each append is atomic: all its records are
 * in the file or none is. A batch is only divided when a file becomes full.
 */
public final class FileSink implements Sink {

    private final FileLocation location;
    private final Path path;
    private final boolean csv;
    private final @Nullable RecordEncoder encoder;
    private final @Nullable CsvFieldsEncoder chosen;
    private final FileLimits limits;
    private final RollingFile file;

    /**
     * @param folder the folder, out of which no symbolic link may lead
     * @param path the file inside the folder
     */
    public FileSink(Path folder, Path path, boolean csv) {
        this(folder, path, csv, List.of(), FileLimits.NONE);
    }

    /**
     * Creates a sink with columns and limits.
     *
     * @param columns the columns of CSV files if the records have no fixed columns; empty to use those of the records
     * @param limits the size limits of the file
     */
    public FileSink(Path folder, Path path, boolean csv, List<FieldPath> columns, FileLimits limits) {
        this.limits = limits;
        this.file = new RollingFile(path, limits);
        this.location = new FileLocation(folder, path);
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
        return location.target();
    }

    @Override
    public @Nullable RecordEncoder encoder() {
        return encoder;
    }

    @Override
    public synchronized CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        return CompletableFuture.completedStage(write(batchDelivery));
    }

    private Delivery write(BatchDelivery batchDelivery) {
        try {
            if (!location.isInside()) {
                return new Delivery.PermanentFailure("the file " + path.getFileName() + " is outside the folder for files");
            }
            return append(batchDelivery);
        } catch (RollingFile.OtherHeaderException e) {
            return new Delivery.TransientFailure(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Delivery.TransientFailure("the file " + path.getFileName() + " cannot be written: " + e.getMessage());
        }
    }

    private Delivery append(BatchDelivery batchDelivery) throws IOException {
        EncodedBatch batch = batchDelivery.batch();
        byte[] header = csv ? header(batch, chosen) : null;
        int[] open = batchDelivery.open();
        for (int done = 0; done < open.length;) {
            file.open(header);
            int fitting = file.fitting(batch.records(), open, done);
            if (fitting > 0) {
                int[] next = Arrays.copyOfRange(open, done, done + fitting);
                file.append(header, batch.records(), next);
                Arrays.stream(next).forEach(batchDelivery::markDelivered);
                done += fitting;
            } else if (limits.rollOver() > 0) {
                file.rollOver();
            } else {
                return new Delivery.TransientFailure(limits.full(target(), file.hasAllRecords()));
            }
        }
        return Delivery.delivered();
    }

    /**
     * Returns the header line for a batch; null if it has none.
     *
     * @param chosen encodes the columns that were chosen; null if the records have fixed columns
     */
    static byte @Nullable [] header(EncodedBatch batch, @Nullable CsvFieldsEncoder chosen) {
        boolean metadata = batch.metadata() != null;
        if (chosen != null) {
            return chosen.header(metadata);
        }
        Schema schema = batch.schema();
        return schema == null ? null : CsvEncoder.header(schema, metadata);
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
