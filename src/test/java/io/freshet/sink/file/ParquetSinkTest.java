package io.freshet.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.ParquetRowEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.parquet.Compression;
import io.freshet.parquet.ParquetFile;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Batches;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.RecordHeaders;
import io.freshet.table.Column;
import io.freshet.table.ColumnType;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowRecords;
import io.freshet.table.Schema;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

class ParquetSinkTest {

    @TempDir
    Path folder;

    @Test
    void completesTheFileWhenTheStreamStops() throws IOException {
        try (ParquetSink sink = sink(FileLimits.NONE)) {
            assertThat(deliver(sink, 0, 3)).isEqualTo(Delivery.delivered());
            assertThat(folder.resolve("sub/out.parquet")).doesNotExist();
            deliver(sink, 3, 2);
        }

        assertThat(sequence("out.parquet")).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void goesOnWithTheRowsOfAFileThatIsNotFull() throws IOException {
        try (ParquetSink sink = sink(FileLimits.NONE)) {
            deliver(sink, 0, 3);
        }
        try (ParquetSink sink = sink(FileLimits.NONE)) {
            deliver(sink, 3, 2);
        }

        assertThat(sequence("out.parquet")).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void narrowIntegersContinueAFileOfWideOnes() throws IOException {
        try (ParquetSink sink = sink(FileLimits.NONE)) {
            deliver(sink, 0, 3);
        }
        try (ParquetSink sink = sink(FileLimits.NONE)) {
            assertThat(deliver(sink, 3, 2, ParquetSinkTest::narrow)).isEqualTo(Delivery.delivered());
        }

        assertThat(sequence("out.parquet")).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aFileOfNarrowIntegersHasOtherColumnsThanOneOfWideOnes() throws IOException {
        try (ParquetSink sink = sink(FileLimits.NONE)) {
            deliver(sink, 0, 3, ParquetSinkTest::narrow);
            assertThat(deliver(sink, 3, 2)).isInstanceOfSatisfying(Delivery.TransientFailure.class,
                    failure -> assertThat(failure.reason()).contains("other columns"));
        }

        assertThat(sequence("out.parquet")).containsExactly(0L, 1L, 2L);
    }

    @Test
    void keepsFullFilesAsideAndDeletesTheOldest() throws IOException {
        try (ParquetSink sink = sink(new FileLimits(Long.MAX_VALUE, 2, 2))) {
            deliver(sink, 0, 9);
        }

        assertThat(sequence("out.parquet")).containsExactly(8L);
        assertThat(sequence("out.1.parquet")).containsExactly(6L, 7L);
        assertThat(sequence("out.2.parquet")).containsExactly(4L, 5L);
        try (Stream<Path> files = Files.list(folder.resolve("sub"))) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void aFullFileWithoutRollOverAcceptsNoMore() throws IOException {
        try (ParquetSink sink = sink(new FileLimits(Long.MAX_VALUE, 2, 0))) {
            assertThat(deliver(sink, 0, 3)).isInstanceOfSatisfying(Delivery.TransientFailure.class,
                    failure -> assertThat(failure.reason()).contains("maxRecords of 2"));
        }

        assertThat(sequence("out.parquet")).containsExactly(0L, 1L);
    }

    @Test
    void whatACrashLeavesIsInTheNextFile() throws IOException {
        ParquetSink crashed = sink(FileLimits.NONE);
        deliver(crashed, 0, 3);
        Files.write(folder.resolve("sub/.out.parquet.rows"), new byte[] { 50, 0, 0, 0, 1, 2 }, StandardOpenOption.APPEND);

        try (ParquetSink sink = sink(FileLimits.NONE)) {
            deliver(sink, 3, 1);
        }

        assertThat(sequence("out.parquet")).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aSmallFileHasDictionariesAndMetadata() throws IOException {
        try (ParquetSink sink = sink(FileLimits.NONE)) {
            deliver(sink, 0, 40);
        }

        try (ParquetFile file = ParquetFile.open(folder.resolve("sub/out.parquet"))) {
            assertThat(file.rows()).isEqualTo(40);
            assertThat(file.names()).contains("sequence", "user_id");
        }
    }

    private ParquetSink sink(FileLimits limits) {
        return new ParquetSink(folder, folder.resolve("sub/out.parquet"), null, Compression.ZSTD, limits);
    }

    private static Schema narrow(Schema schema) {
        return new Schema(schema.columns().stream()
                .map(column -> new Column(column.name(), column.type(), column.nullable(), column.path(), column.isArray(),
                        column.format(), column.absent(), column.type() instanceof ColumnType.Whole))
                .toList());
    }

    private static Delivery deliver(ParquetSink sink, long position, int size) {
        return deliver(sink, position, size, schema -> schema);
    }

    private static Delivery deliver(ParquetSink sink, long position, int size, UnaryOperator<Schema> sized) {
        RecordBatch.Rows rows = (RecordBatch.Rows) Batches.rows(position, size);
        EncodedRecords records = EncodedRecords.create();
        new ParquetRowEncoder().encode(rows, null, records);
        return sink.deliver(new BatchDelivery(
                new EncodedBatch("test", position, records, RecordHeaders.NONE, sized.apply(rows.rows().schema()), null)))
                .toCompletableFuture().join();
    }

    private List<Object> sequence(String name) throws IOException {
        return RowRecords.of(TableReader.read(folder.resolve("sub").resolve(name), TableFormat.PARQUET,
                ReadOptions.defaults().withColumns(List.of("sequence"))).rows()).stream()
                .map(record -> (Object) record.get("sequence")).toList();
    }
}
