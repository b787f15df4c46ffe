package io.freshet.sink.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.ParquetRowEncoder;
import io.freshet.codec.RecordEncoder;
import io.freshet.parquet.Compression;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.Sink;
import io.freshet.table.Schema;

/**
 * Writes records to Parquet files inside a folder. Records are appended to a journal beside the file, where they are safe. When
 * the file is full, or the stream stops, the file is written under another name and then moved into place, so that readers only
 * ever see complete files. Without roll-over the journal stays, and a stream that continues writes the whole file again.
 */
public final class ParquetSink implements Sink {

    private static final String ENDING = ".parquet";

    private final FileLocation location;
    private final Path path;
    private final @Nullable Schema columns;
    private final Compression compression;
    private final FileLimits limits;
    private final RecordEncoder encoder = new ParquetRowEncoder();
    private final JournalFile journal;
    private long written;

    /**
     * @param folder the folder, out of which no symbolic link may lead
     * @param path the file inside the folder
     * @param columns the columns of records without fixed columns; null if the records have fixed columns
     */
    public ParquetSink(Path folder, Path path, @Nullable Schema columns, Compression compression, FileLimits limits) {
        this.location = new FileLocation(folder, path);
        this.path = path;
        this.columns = columns;
        this.compression = compression;
        this.limits = limits;
        this.journal = new JournalFile(path.resolveSibling("." + path.getFileName() + ParquetPart.HIDDEN), limits);
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
    public RecordEncoder encoder() {
        return encoder;
    }

    @Override
    public @Nullable Schema columns() {
        return columns;
    }

    @Override
    public synchronized CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        return CompletableFuture.completedStage(write(batchDelivery));
    }

    private Delivery write(BatchDelivery batchDelivery) {
        Schema schema = batchDelivery.batch().schema();
        if (schema == null) {
            return new Delivery.PermanentFailure("a Parquet file needs records with known columns");
        }
        try {
            if (!location.isInside()) {
                return new Delivery.PermanentFailure("the file " + path.getFileName() + " is outside the folder for files");
            }
            return append(batchDelivery, schema);
        } catch (IOException e) {
            return new Delivery.TransientFailure("the file " + path.getFileName() + " cannot be written: " + e.getMessage());
        }
    }

    private Delivery append(BatchDelivery batchDelivery, Schema schema) throws IOException {
        EncodedBatch batch = batchDelivery.batch();
        int[] open = batchDelivery.open();
        for (int done = 0; done < open.length;) {
            boolean same = ParquetPart.open(journal, schema, batch.metadata() != null);
            int fitting = same ? journal.fitting(batch.records(), open, done) : 0;
            if (fitting > 0) {
                int[] next = Arrays.copyOfRange(open, done, done + fitting);
                journal.append(batch.records(), next);
                Arrays.stream(next).forEach(batchDelivery::markDelivered);
                done += fitting;
            } else if (limits.rollOver() > 0) {
                rollOver();
            } else {
                return new Delivery.TransientFailure(same ? limits.full(target(), journal.hasAllRecords())
                        : "the file " + path.getFileName() + " has other columns; move it and " + journal.path().getFileName()
                                + " away, or set rollOver");
            }
        }
        return Delivery.delivered();
    }

    /** Completes the file, renames those before it, deletes the oldest, and starts another journal. */
    private void rollOver() throws IOException {
        Path complete = ParquetPart.convert(journal, path, compression);
        Files.deleteIfExists(rolled(limits.rollOver()));
        for (int i = limits.rollOver() - 1; i >= 0; i--) {
            if (Files.exists(rolled(i))) {
                Files.move(rolled(i), rolled(i + 1), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Files.move(complete, path, StandardCopyOption.ATOMIC_MOVE);
        journal.close();
        Files.deleteIfExists(journal.path());
        written = 0;
    }

    /** Returns the path of a file that was completed before: {@code name.1.parquet} is the latest. */
    private Path rolled(int number) {
        String name = String.valueOf(path.getFileName());
        String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        return number == 0 ? path : path.resolveSibling(stem + "." + number + ENDING);
    }

    @Override
    public synchronized void close() {
        try {
            if (journal.isOpen() && journal.records() > written) {
                if (limits.rollOver() > 0) {
                    rollOver();
                } else {
                    PartFile.move(ParquetPart.convert(journal, path, compression), path);
                    written = journal.records();
                }
            }
            journal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
