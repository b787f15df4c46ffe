package io.freshet.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.CsvEncoder;
import io.freshet.codec.EncodedRecords;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordWriter;

/** Appends to a file, as NDJSON or CSV. */
public final class FileSink implements Sink {

    private final Path path;
    private final boolean csv;
    private final CsvEncoder encoder = new CsvEncoder();
    private final EncodedRecords encoded = EncodedRecords.create();
    private @Nullable OutputStream out;

    public FileSink(Path path, boolean csv) {
        this.path = path;
        this.csv = csv;
    }

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public synchronized CompletionStage<Void> deliver(OutgoingBatch batch) {
        try {
            OutputStream file = open(batch);
            if (csv) {
                encoder.encode(batch.records(), batch.metadata(), encoded);
                file.write(RecordWriter.CSV.write(encoded, false));
            } else {
                file.write(RecordWriter.NDJSON.write(batch.json(), false));
            }
            return CompletableFuture.completedStage(null);
        } catch (IOException e) {
            return CompletableFuture.failedStage(new DeliveryException.Transient(
                    "the file " + path.getFileName() + " cannot be written: " + e.getMessage(), e));
        }
    }

    private OutputStream open(OutgoingBatch batch) throws IOException {
        OutputStream file = out;
        if (file == null) {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            boolean empty = !Files.exists(path) || Files.size(path) == 0;
            file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            out = file;
            if (csv && empty && batch.records() instanceof RecordBatch.Rows rows) {
                file.write(CsvEncoder.header(rows.rows().schema(), batch.metadata() != null));
                file.write('\n');
            }
        }
        return file;
    }

    @Override
    public synchronized void close() {
        try {
            if (out != null) {
                out.close();
                out = null;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
