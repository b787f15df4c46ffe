package io.freshet.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.codec.EncodedRecords;
import io.freshet.codec.JsonEncoder;
import io.freshet.codec.RecordBatch;
import io.freshet.codec.RecordEncoder;
import io.freshet.parquet.Compression;
import io.freshet.parquet.ParquetFile;
import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Batches;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.RecordHeaders;
import io.freshet.sink.Sink;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowRecords;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;

class PartitionedSinkTest {

    private static final String DAYS = "dt={yyyy-MM-dd}/orders.parquet";
    private static final FileLimits TWO_RECORDS = new FileLimits(Long.MAX_VALUE, 2, 0);

    @TempDir
    Path folder;
    private final List<PartitionedSink> sinks = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-18T10:00:00Z");

    @AfterEach
    void closeWhatTestsLeftOpen() {
        for (PartitionedSink sink : sinks) {
            try {
                sink.close();
            } catch (UncheckedIOException e) {
                // the next sink completed its files, as after a crash
            }
        }
    }

    private PartitionedSink sink(String pattern, Optional<Duration> every, FileKind kind) {
        PartitionedSink sink = new PartitionedSink(folder, new FileTimes(FilePattern.of(pattern), Optional.empty(), every),
                kind,
                () -> now);
        sinks.add(sink);
        return sink;
    }

    private PartitionedSink parquet(String pattern, FileLimits limits) {
        return sink(pattern, Optional.empty(), new FileKind.Parquet(null, Compression.ZSTD, limits));
    }

    private static void deliver(Sink sink, long position, int size) {
        RecordBatch.Rows rows = (RecordBatch.Rows) Batches.rows(position, size);
        EncodedRecords records = EncodedRecords.create();
        RecordEncoder encoder = sink.encoder();
        (encoder == null ? new JsonEncoder() : encoder).encode(rows, null, records);
        BatchDelivery delivery = new BatchDelivery(new EncodedBatch("test", position, records,
                RecordHeaders.of(rows, sink.fields()), rows.rows().schema(), null));
        assertThat(sink.deliver(delivery).toCompletableFuture().join()).isEqualTo(Delivery.delivered());
        assertThat(delivery.delivered()).isEqualTo(size);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }

    private List<Object> sequence(String name) throws IOException {
        return RowRecords.of(TableReader.read(folder.resolve(name), TableFormat.PARQUET,
                ReadOptions.defaults().withColumns(List.of("sequence"))).rows()).stream()
                .map(record -> (Object) record.get("sequence")).toList();
    }

    @Test
    void aNewDayBeginsAFolder() throws IOException {
        try (PartitionedSink sink = parquet(DAYS, FileLimits.NONE)) {
            deliver(sink, 0, 3);
            assertThat(files()).containsExactly("dt=2026-03-18/.orders-000001.parquet.rows");
            now = now.plus(Duration.ofDays(1));
            deliver(sink, 3, 2);
            assertThat(files()).containsExactly("dt=2026-03-18/orders-000001.parquet",
                    "dt=2026-03-19/.orders-000001.parquet.rows");
        }

        assertThat(sequence("dt=2026-03-18/orders-000001.parquet")).containsExactly(0L, 1L, 2L);
        assertThat(sequence("dt=2026-03-19/orders-000001.parquet")).containsExactly(3L, 4L);
    }

    @Test
    void fullFilesStayAndNumbersContinue() throws IOException {
        try (PartitionedSink sink = parquet(DAYS, TWO_RECORDS)) {
            deliver(sink, 0, 5);
        }
        try (PartitionedSink sink = parquet(DAYS, TWO_RECORDS)) {
            deliver(sink, 5, 1);
        }

        assertThat(files()).containsExactly("dt=2026-03-18/orders-000001.parquet", "dt=2026-03-18/orders-000002.parquet",
                "dt=2026-03-18/orders-000003.parquet", "dt=2026-03-18/orders-000004.parquet");
        assertThat(sequence("dt=2026-03-18/orders-000003.parquet")).containsExactly(4L);
        assertThat(sequence("dt=2026-03-18/orders-000004.parquet")).containsExactly(5L);
    }

    @Test
    void recordsGoWhereTheirTimeSays() throws IOException {
        FileTimes times = new FileTimes(FilePattern.of("ms={SSS}/a.ndjson"), Optional.of("timestamp"), Optional.empty());
        try (PartitionedSink sink = new PartitionedSink(folder, times, new FileKind.Ndjson(FileLimits.NONE), () -> now)) {
            deliver(sink, 0, 40);
            deliver(sink, 1000, 3);
        }

        List<String> lines = new ArrayList<>();
        for (String file : files()) {
            List<String> own = Files.readAllLines(folder.resolve(file));
            String millis = file.substring("ms=".length(), "ms=000".length());
            assertThat(own).as(file).allMatch(line -> line.contains("." + millis + "Z") || line.contains("." + millis + "000Z")
                    || millis.equals("000") && line.contains(":00Z"));
            lines.addAll(own);
        }
        assertThat(lines).hasSize(43).doesNotHaveDuplicates();
        assertThat(files()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void theClockCompletesFilesAlthoughNoRecordsArrive() throws IOException {
        FileTimes times = new FileTimes(FilePattern.of("orders.csv"), Optional.empty(), Optional.of(Duration.ofSeconds(1)));
        try (PartitionedSink sink = new PartitionedSink(folder, times, FileKind.Csv.of(FileLimits.NONE, List.of()),
                Clock.systemUTC())) {
            deliver(sink, 0, 2);

            Awaitility.await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(files()).containsExactly("orders-000001.csv"));
            deliver(sink, 2, 1);
        }

        assertThat(files()).containsExactly("orders-000001.csv", "orders-000002.csv");
        assertThat(Files.readAllLines(folder.resolve("orders-000001.csv"))).hasSize(3);
        assertThat(Files.readAllLines(folder.resolve("orders-000002.csv"))).hasSize(2);
    }

    @Test
    void theNextSinkCompletesWhatACrashHasLeft() throws IOException {
        FileKind text = new FileKind.Ndjson(FileLimits.NONE);
        deliver(parquet(DAYS, FileLimits.NONE), 0, 3);
        deliver(sink("x-{HH}.ndjson", Optional.empty(), text), 0, 2);
        Files.writeString(folder.resolve(".x-10-000001.ndjson.part"), "{\"torn", StandardOpenOption.APPEND);
        Files.writeString(folder.resolve(".other.ndjson.part"), "{}");
        now = now.plus(Duration.ofDays(2));

        try (PartitionedSink days = parquet(DAYS, FileLimits.NONE);
                PartitionedSink hours = sink("x-{HH}.ndjson", Optional.empty(), text)) {
            deliver(days, 3, 1);
            deliver(hours, 2, 1);
        }

        assertThat(files()).containsExactly(".other.ndjson.part", "dt=2026-03-18/orders-000001.parquet",
                "dt=2026-03-20/orders-000001.parquet", "x-10-000001.ndjson", "x-10-000002.ndjson");
        assertThat(sequence("dt=2026-03-18/orders-000001.parquet")).containsExactly(0L, 1L, 2L);
        assertThat(Files.readAllLines(folder.resolve("x-10-000001.ndjson"))).hasSize(2);
    }

    @Test
    void filesThatWereCompletedAreValidAfterTheProcessIsKilled() throws Exception {
        Process writer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-cp",
                classPath(), Endless.class.getName(), folder.toString()).inheritIO().start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> visible().size() > 20);
        writer.destroyForcibly().waitFor();

        List<Path> complete = visible();
        long rows = 0;
        for (Path file : complete) {
            try (ParquetFile each = ParquetFile.open(file)) {
                rows += each.rows();
            }
        }
        assertThat(rows).isEqualTo(100L * complete.size());

        try (PartitionedSink next = parquet(DAYS, new FileLimits(Long.MAX_VALUE, 100, 0))) {
            deliver(next, 0, 1);
        }
        assertThat(files()).noneMatch(file -> file.endsWith(".rows"));
    }

    private static String classPath() {
        return PartitionedSinkTest.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(":"))
                : System.getProperty("java.class.path");
    }

    private List<Path> visible() throws IOException {
        return files().stream().filter(file -> !file.contains("/.")).map(folder::resolve).toList();
    }

    /** Writes files until it is killed. */
    static final class Endless {
        private Endless() {
        }

        public static void main(String... arguments) {
            FileTimes times = new FileTimes(FilePattern.of(DAYS), Optional.empty(), Optional.empty());
            PartitionedSink sink = new PartitionedSink(Path.of(arguments[0]), times,
                    new FileKind.Parquet(null, Compression.ZSTD, new FileLimits(Long.MAX_VALUE, 100, 0)), Clock.systemUTC());
            for (long position = 0;; position += 30) {
                deliver(sink, position, 30);
            }
        }
    }

    @Test
    void refusesBracesWithoutATime() {
        assertThatThrownBy(() -> FilePattern.of("dt={customer}/a.csv")).isInstanceOf(IllegalArgumentException.class);
    }
}
