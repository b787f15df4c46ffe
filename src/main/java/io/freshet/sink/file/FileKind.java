package io.freshet.sink.file;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.freshet.codec.CsvEncoder;
import io.freshet.codec.CsvFieldsEncoder;
import io.freshet.codec.ParquetRowEncoder;
import io.freshet.codec.RecordEncoder;
import io.freshet.event.FieldPath;
import io.freshet.parquet.Compression;
import io.freshet.sink.EncodedBatch;
import io.freshet.table.Schema;

/** The format of the files of a {@link PartitionedSink}. */
public sealed interface FileKind {

    PartFile open(Path path);

    @Nullable
    RecordEncoder encoder();

    /** Returns the ending of hidden names. */
    String hidden();

    default @Nullable Schema columns() {
        return null;
    }

    default boolean needsColumns() {
        return false;
    }

    /** Parquet files. */
    record Parquet(@Nullable Schema columns, Compression compression, FileLimits limits,
            RecordEncoder encoder) implements FileKind {

        /** @param columns the columns of records without fixed columns; null if the records have fixed columns */
        public Parquet(@Nullable Schema columns, Compression compression, FileLimits limits) {
            this(columns, compression, limits, new ParquetRowEncoder());
        }

        @Override
        public PartFile open(Path path) {
            return new ParquetPart(path, compression, limits);
        }

        @Override
        public String hidden() {
            return ParquetPart.HIDDEN;
        }

        @Override
        public boolean needsColumns() {
            return true;
        }
    }

    /** Files with one JSON object per line. */
    record Ndjson(FileLimits limits) implements FileKind {

        @Override
        public PartFile open(Path path) {
            return new TextPart(path, limits, batch -> null);
        }

        @Override
        public @Nullable RecordEncoder encoder() {
            return null;
        }

        @Override
        public String hidden() {
            return TextPart.HIDDEN;
        }
    }

    /** CSV files. */
    record Csv(FileLimits limits, RecordEncoder encoder, @Nullable CsvFieldsEncoder chosen) implements FileKind {

        /** @param columns the columns if the records have no fixed columns; empty to use those of the records */
        public static Csv of(FileLimits limits, List<FieldPath> columns) {
            CsvFieldsEncoder chosen = columns.isEmpty() ? null : new CsvFieldsEncoder(columns);
            return new Csv(limits, chosen == null ? new CsvEncoder() : chosen, chosen);
        }

        @Override
        public PartFile open(Path path) {
            return new TextPart(path, limits, this::header);
        }

        private byte @Nullable [] header(EncodedBatch batch) {
            return FileSink.header(batch, chosen);
        }

        @Override
        public String hidden() {
            return TextPart.HIDDEN;
        }
    }
}
