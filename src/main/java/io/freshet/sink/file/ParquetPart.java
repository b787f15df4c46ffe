package io.freshet.sink.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

import org.jboss.logging.Logger;

import io.freshet.codec.ParquetJournal;
import io.freshet.parquet.Compression;
import io.freshet.sink.EncodedBatch;
import io.freshet.table.Schema;

/** A Parquet file of a {@link PartitionedSink}: a journal of its rows until it is complete. */
final class ParquetPart implements PartFile {

    /** The ending of the hidden names of journals. */
    static final String HIDDEN = ".rows";

    private static final Logger LOG = Logger.getLogger(ParquetSink.class);
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final Compression compression;
    private final JournalFile journal;

    ParquetPart(Path path, Compression compression, FileLimits limits) {
        this.path = path;
        this.compression = compression;
        this.journal = new JournalFile(path.resolveSibling("." + path.getFileName() + HIDDEN), limits);
    }

    @Override
    public int append(EncodedBatch batch, int[] open, int from) throws IOException {
        Schema schema = batch.schema();
        if (schema == null) {
            throw new IOException("a Parquet file needs records with known columns");
        }
        int fitting = open(journal, schema, batch.metadata() != null) ? journal.fitting(batch.records(), open, from) : 0;
        if (fitting > 0) {
            journal.append(batch.records(), Arrays.copyOfRange(open, from, from + fitting));
        }
        return fitting;
    }

    /**
     * Opens a journal for rows of a schema.
     *
     * @return false if it has other columns; wider integers than the schema has are no others
     */
    static boolean open(JournalFile journal, Schema schema, boolean metadata) throws IOException {
        byte[] header = ParquetJournal.header(schema, metadata);
        journal.open(header);
        return journal.hasHeader(header) || journal.hasHeader(ParquetJournal.header(schema.unsized(), metadata));
    }

    @Override
    public void finish() throws IOException {
        journal.reopen();
        if (journal.records() > 0) {
            PartFile.move(convert(journal, path, compression), path);
        }
        journal.close();
        Files.deleteIfExists(journal.path());
    }

    /**
     * Writes the rows of a journal as a Parquet file beside the others.
     *
     * @return the path of the file
     */
    static Path convert(JournalFile journal, Path path, Compression compression) throws IOException {
        Path beside = path.resolveSibling("." + path.getFileName() + ".tmp");
        long rows;
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream out = new BufferedOutputStream(new OpenOutput(Channels.newOutputStream(channel)), BUFFER);
            rows = ParquetJournal.convert(journal.path(), journal.size(), compression, out);
            channel.force(true);
        }
        LOG.infof("Parquet file of a sink completed: path=%s rows=%d", path, rows);
        return beside;
    }

    /** Leaves the channel open when it is closed, because the file must reach the disk first. */
    private static final class OpenOutput extends OutputStream {
        private final OutputStream out;

        OpenOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }
    }
}
