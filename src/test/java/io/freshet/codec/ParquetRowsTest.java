package io.freshet.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.freshet.parquet.Compression;
import io.freshet.parquet.ParquetFile;
import io.freshet.table.Column;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowBatch;
import io.freshet.table.RowRecords;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSample;

class ParquetRowsTest {

    private static final int ROWS = 3000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Compression.class)
    void everyValueReadsBack(Compression compression) throws IOException {
        TableSample table = oddTable();

        TableSample read = TableReader.read(write(table.rows(), compression), TableFormat.PARQUET, ReadOptions.defaults());

        assertThat(read.totalRows()).isEqualTo(ROWS);
        List<Map<String, Object>> expected = records(table.rows());
        List<Map<String, Object>> records = records(read.rows());
        assertThat(records).hasSize(ROWS);
        for (int row = 0; row < ROWS; row++) {
            assertThat(records.get(row)).isEqualTo(expected.get(row));
        }
    }

    @Test
    void aTableIsTheSameFromParquetAndFromCsv() throws IOException {
        TableSample table = oddTable();

        TableSample parquet = TableReader.read(write(table.rows(), Compression.ZSTD), TableFormat.PARQUET,
                ReadOptions.defaults());

        assertThat(parquet.schema().columns()).filteredOn(column -> !column.isNested() && !column.isArray())
                .isSubsetOf(csv(table.rows()).schema().columns());
    }

    @Test
    void objectsThatAreMissingAreToldFromThoseWithoutValues() throws IOException {
        String lines = String.join("\n", "{\"n\":1,\"user\":{\"name\":\"a\",\"home\":{\"zip\":7}}}", "{\"n\":2,\"user\":null}",
                "{\"n\":3,\"user\":{\"name\":\"b\",\"home\":null}}",
                "{\"n\":4,\"user\":{\"name\":null,\"home\":{\"zip\":null}}}",
                "{\"n\":5,\"user\":{\"name\":null,\"home\":{\"zip\":9}}}");
        TableSample table = TableReader.read(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                TableFormat.NDJSON, ReadOptions.defaults());

        TableSample read = TableReader.read(write(table.rows(), Compression.ZSTD), TableFormat.PARQUET, ReadOptions.defaults());

        assertThat(table.schema().columns()).extracting(Column::name)
                .containsExactly("n", "user", "user.name", "user.home", "user.home.zip");
        assertThat(read.schema()).isEqualTo(table.schema());
        assertThat(records(read.rows())).isEqualTo(records(table.rows()));
    }

    @Test
    void onlyChosenColumnsAreRead() throws IOException {
        Path file = write(oddTable().rows(), Compression.SNAPPY);

        TableSample read = TableReader.read(file, TableFormat.PARQUET,
                ReadOptions.defaults().withColumns(List.of("price", "day")));

        assertThat(read.schema().columns()).extracting(column -> column.name()).containsExactly("day", "price");
    }

    @Test
    void aRowGroupIsWrittenBeforeMemoryGrows() throws IOException {
        RowBatch rows = oddTable().rows();
        Path file = folder.resolve("many.parquet");
        try (ParquetRows writer = new ParquetRows(rows, false, Compression.NONE, Files.newOutputStream(file))) {
            for (int i = 0; i < 100; i++) {
                writer.write(rows, null);
            }
            assertThat(Files.size(file)).isPositive();
        }

        try (ParquetFile read = ParquetFile.open(file)) {
            assertThat(read.rows()).isEqualTo(100L * ROWS);
        }
    }

    @Test
    void metadataIsInEveryRow() throws IOException {
        Path file = folder.resolve("metadata.parquet");
        RowBatch rows = oddTable().rows();
        try (ParquetRows writer = new ParquetRows(rows, true, Compression.ZSTD, Files.newOutputStream(file))) {
            writer.write(rows, new BatchMetadata(Instant.parse("2026-03-18T10:00:00Z"), 1));
        }

        assertThat(records(TableReader.read(file, TableFormat.PARQUET, ReadOptions.defaults()).rows()).get(0))
                .containsEntry(BatchMetadata.BATCH_ID, "batch-000001")
                .containsEntry(BatchMetadata.GENERATED_AT, "2026-03-18T10:00:00Z");
    }

    private static List<Map<String, Object>> records(RowBatch rows) {
        return List.copyOf(RowRecords.of(rows));
    }

    private Path write(RowBatch rows, Compression compression) throws IOException {
        Path file = folder.resolve(compression.id() + ".parquet");
        try (OutputStream out = Files.newOutputStream(file);
                ParquetRows writer = new ParquetRows(rows, false, compression, out)) {
            writer.write(rows, null);
        }
        return file;
    }

    private static TableSample csv(RowBatch rows) throws IOException {
        return TableReader.read(new ByteArrayInputStream(Written.csv(rows)), TableFormat.CSV, ReadOptions.defaults());
    }

    /** Columns of every type, with missing values, odd names, nested objects and arrays. */
    private static TableSample oddTable() throws IOException {
        SplittableRandom random = new SplittableRandom(20);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            lines.append("{\"id\":\"%08x-%d\"".formatted(random.nextInt(), i))
                    .append(",\"day\":\"%02d/%02d/2024\"".formatted(1 + random.nextInt(12), 1 + random.nextInt(28)))
                    .append(",\"at\":\"2024-05-01T10:%02d:%02d.%03d+02:00\"".formatted(random.nextInt(60), random.nextInt(60),
                            random.nextInt(1000)))
                    .append(",\"price\":%d.%02d".formatted(random.nextInt(-50, 2000), random.nextInt(100)))
                    .append(",\"count of things\":").append(random.nextInt(3) == 0 ? "null" : random.nextInt(9))
                    .append(",\"big\":").append(random.nextLong() >> 12)
                    .append(",\"ratio\":").append(random.nextDouble() * Math.pow(10, random.nextInt(-200, 200)))
                    .append(",\"ok\":").append(random.nextBoolean())
                    .append(",\"city\":\"")
                    .append(List.of("Zürich", "東京", "Oslo", "a\\\"b", "São Paulo").get(random.nextInt(5)))
                    .append("\",\"only\":7,\"where\":{\"lat\":").append(random.nextInt(-90, 90)).append(",\"name\":\"n")
                    .append(random.nextInt(4)).append("\"},\"tags\":[").append(random.nextInt(4)).append(",\"x\"]")
                    .append(",\"none\":null}\n");
        }
        return TableReader.read(new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)),
                TableFormat.NDJSON, ReadOptions.defaults());
    }
}
