package io.freshet.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.model.ConditionException;
import io.freshet.model.ConditionParser;
import io.freshet.table.ReadOptions;
import io.freshet.table.RowRecords;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

@Timeout(60)
class SynthesizerTest {

    private static final GenerationSettings PLAIN = GenerationSettings.defaults().withMetadata(false).withBatchSize(100);

    @TempDir
    static Path folder;

    private static Synthesizer synthesizer;

    @BeforeAll
    static void fit() throws IOException {
        Path table = folder.resolve("people.csv");
        Files.writeString(table, "age,income,region,member,since,nothing\n" + IntStream.range(0, 400)
                .mapToObj(i -> "%d,%s,%s,%s,2024-01-%d,".formatted(20 + i % 50, i % 7 == 0 ? "" : 1000 + i * 7 % 900 + ".25",
                        i % 3 == 0 ? "West" : "East", i % 2 == 0, 10 + i % 20))
                .collect(Collectors.joining("\n")));
        synthesizer = Synthesizer.fit(table);
    }

    private static List<Map<String, Object>> records(Iterable<Batch> batches) {
        return StreamSupport.stream(batches.spliterator(), false).flatMap(batch -> batch.records().stream()).toList();
    }

    @Test
    void recordsHoldValuesOfTheTypesOfTheirColumns() {
        List<Map<String, Object>> records = records(synthesizer.stream(PLAIN.withMaxRecords(500)));

        assertThat(records).hasSize(500).allSatisfy(record -> {
            assertThat(record.keySet()).containsExactly("age", "income", "region", "member", "since", "nothing");
            assertThat((Long) record.get("age")).isBetween(20L, 69L);
            assertThat(record.get("income")).satisfiesAnyOf(value -> assertThat(value).isNull(),
                    value -> assertThat((BigDecimal) value).isBetween(new BigDecimal("1000.25"), new BigDecimal("1900.25")));
            assertThat(record.get("region")).isIn("West", "East");
            assertThat(record.get("member")).isInstanceOf(Boolean.class);
            assertThat((String) record.get("since")).matches("2024-01-\\d\\d");
            assertThat(record.get("nothing")).isNull();
        });
        assertThat(records).anyMatch(record -> record.get("income") == null);
    }

    @Test
    void theIterableKnowsHowManyBatchesItHas() {
        BatchStream stream = synthesizer.stream(PLAIN.withMaxRecords(250));

        assertThat(stream.batches()).isEqualTo(3);
        assertThat(stream).extracting(Batch::size).containsExactly(100, 100, 50);
        assertThat(stream).extracting(Batch::number).containsExactly(1L, 2L, 3L);
        assertThat(synthesizer.stream(PLAIN.withMaxBatches(4)).batches()).isEqualTo(4);
        assertThat(synthesizer.stream(PLAIN).batches()).isEqualTo(Long.MAX_VALUE);
        assertThat(synthesizer.stream(PLAIN.withMaxRecords(0))).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameRecordsFromAnyPosition() {
        List<Map<String, Object>> all = records(synthesizer.stream(PLAIN.withSeed(7).withMaxRecords(300)));

        assertThat(records(synthesizer.stream(PLAIN.withSeed(7).withFirstRecord(120).withMaxRecords(30).withBatchSize(7))))
                .isEqualTo(all.subList(120, 150));
        assertThat(records(synthesizer.stream(PLAIN.withSeed(8).withMaxRecords(300)))).isNotEqualTo(all);
    }

    @Test
    void metadataNamesTheBatch() {
        List<Batch> batches = new ArrayList<>();
        synthesizer.stream(GenerationSettings.defaults().withBatchSize(10).withMaxBatches(2)).forEach(batches::add);

        assertThat(batches.get(1).records()).allSatisfy(record -> {
            assertThat(record).containsEntry("_batch_id", "batch-000002");
            assertThat((String) record.get("_generated_at")).endsWith("Z");
        });
    }

    @Test
    void aMultiGeneratesOnlyWhatIsRequested() {
        BatchStream stream = synthesizer.stream(PLAIN);
        AssertSubscriber<Batch> subscriber = stream.multi().subscribe().withSubscriber(AssertSubscriber.create(3));

        subscriber.awaitItems(3);
        assertThat(stream.statistics().totalBatches()).isEqualTo(3);
        subscriber.request(2).awaitItems(5);
        assertThat(stream.statistics().totalSamples()).isEqualTo(500);
        subscriber.cancel();

        synthesizer.stream(PLAIN.withMaxRecords(150).withDelayBetweenBatches(Duration.ofMillis(20))).multi().subscribe()
                .withSubscriber(AssertSubscriber.create(10)).awaitCompletion()
                .getItems().forEach(batch -> assertThat(batch.size()).isIn(100, 50));
    }

    @Test
    void aQueueWaitsWhenItIsFullAndReportsItsEnd() throws InterruptedException {
        BatchStream stream = synthesizer.stream(PLAIN.withMaxBatches(20));
        try (BatchQueue queue = stream.queue(4)) {
            org.awaitility.Awaitility.await().until(() -> queue.waiting() == 4);
            assertThat(stream.statistics().totalBatches()).isLessThanOrEqualTo(6);

            List<Long> numbers = new ArrayList<>();
            for (Optional<Batch> batch = queue.take(); batch.isPresent(); batch = queue.take()) {
                numbers.add(batch.get().number());
            }
            assertThat(numbers).hasSize(20).isSorted();
            assertThat(queue.take()).isEmpty();
        }
    }

    @Test
    void aClosedQueueEndsItsGeneration() throws InterruptedException {
        BatchStream stream = synthesizer.stream(PLAIN);
        BatchQueue queue = stream.queue(2);
        queue.take();

        queue.close();

        assertThat(queue.take()).isEmpty();
    }

    @Test
    void aQueueReportsAFailedTransformer() throws InterruptedException {
        BatchStream failing = synthesizer.stream(PLAIN.withMaxBatches(3)).with(batch -> {
            throw new IllegalArgumentException("no good");
        });
        try (BatchQueue queue = failing.queue(2)) {
            assertThatThrownBy(queue::take).hasRootCauseMessage("no good");
        }
    }

    @Test
    void aCallbackGetsEveryBatchAndStatisticsAreCounted() {
        List<Integer> sizes = new ArrayList<>();

        GenerationStatistics statistics = synthesizer.stream(PLAIN.withMaxRecords(230)).run(batch -> sizes.add(batch.size()));

        assertThat(sizes).containsExactly(100, 100, 30);
        assertThat(statistics.totalSamples()).isEqualTo(230);
        assertThat(statistics.totalBatches()).isEqualTo(3);
        assertThat(statistics.samplesPerSecond()).isPositive();
    }

    @Test
    void transformersChangeAndRemoveRecords() {
        BatchStream west = synthesizer.stream(PLAIN.withMaxRecords(1000))
                .with(BatchTransformer.filtering(record -> "West".equals(record.get("region"))))
                .with(BatchTransformer.mapping(record -> {
                    Map<String, Object> changed = new LinkedHashMap<>(record);
                    changed.put("region", "W");
                    return changed;
                }))
                .with(batch -> batch.number() % 2 == 0 ? Optional.of(batch) : Optional.empty());

        List<Batch> batches = new ArrayList<>();
        west.forEach(batches::add);

        assertThat(batches).extracting(Batch::number).containsExactly(2L, 4L, 6L, 8L, 10L);
        assertThat(records(batches)).extracting(record -> record.get("region")).containsOnly("W");
    }

    @Test
    void everyRecordSatisfiesTheConditions() {
        assertThat(records(synthesizer.stream(PLAIN.withMaxRecords(200)
                .withConditions(ConditionParser.parse(Map.of("age", Map.of("gte", 60), "region", "West"))))))
                .allMatch(record -> (Long) record.get("age") >= 60 && record.get("region").equals("West"));
        assertThatThrownBy(() -> synthesizer.stream(PLAIN.withConditions(ConditionParser.parse(Map.of("region", "North")))))
                .isInstanceOf(ConditionException.class).hasMessageContaining("region");
    }

    @Test
    void aModelCanBeWrittenAndRead() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        synthesizer.write(file);

        Synthesizer again = Synthesizer.read(new ByteArrayInputStream(file.toByteArray()));

        assertThat(records(again.stream(PLAIN.withMaxRecords(50))))
                .isEqualTo(records(synthesizer.stream(PLAIN.withMaxRecords(50))));
    }

    @Test
    void rejectsInvalidSettingsAndFiles() throws IOException {
        assertThatThrownBy(() -> PLAIN.withBatchSize(0)).hasMessageContaining("batchSize");
        assertThatThrownBy(() -> PLAIN.withMaxRecords(-1)).hasMessageContaining("maxRecords");
        assertThatThrownBy(() -> PLAIN.withFirstRecord(-1)).hasMessageContaining("firstRecord");
        assertThatThrownBy(() -> PLAIN.withDelayBetweenBatches(Duration.ofSeconds(-1))).hasMessageContaining("delay");
        assertThatThrownBy(() -> synthesizer.stream(PLAIN).queue(0)).hasMessageContaining("capacity");
        Path prose = folder.resolve("notes.txt");
        Files.write(prose, "hello".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Synthesizer.fit(prose)).isInstanceOf(TableException.class).hasMessageContaining("notes.txt");
    }

    @Test
    void writesRowsAsAParquetFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("rows.parquet");
        synthesizer.writeParquet(Files.newOutputStream(file), PLAIN.withMaxRecords(5000));

        List<Map<String, Object>> read = List.copyOf(
                RowRecords.of(TableReader.read(file, TableFormat.PARQUET, ReadOptions.defaults()).rows()));
        assertThat(read).hasSize(5000);
        assertThat(read.subList(0, 20)).isEqualTo(records(synthesizer.stream(PLAIN.withMaxRecords(20))));
        assertThatThrownBy(() -> synthesizer.writeParquet(new ByteArrayOutputStream(), PLAIN))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("maximum number of records");
    }
}
