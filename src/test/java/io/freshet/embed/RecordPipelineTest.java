package io.freshet.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.freshet.Scratch;
import io.freshet.embed.PipelineResult.Failure;
import io.freshet.event.FieldPath;
import io.freshet.stage.StageStatistics;
import io.freshet.stage.VoxelBox;
import io.freshet.stage.VoxelGrid;

class RecordPipelineTest {

    private Instant now = Instant.parse("2026-03-18T12:00:00Z");
    private long nanos;

    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private RecordPipeline.Builder builder() {
        return RecordPipeline.builder(clock, () -> nanos);
    }

    private static List<Map<String, @Nullable Object>> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(RecordPipelineTest::number).toList();
    }

    private static Map<String, @Nullable Object> number(int number) {
        Map<String, @Nullable Object> record = new HashMap<>();
        record.put("n", (long) number);
        return record;
    }

    private static long n(Map<String, @Nullable Object> record) {
        return record.get("n") instanceof Long n ? n : -1;
    }

    private static Map<String, @Nullable Object> with(Map<String, @Nullable Object> record, String field, Object value) {
        record.put(field, value);
        return record;
    }

    /** The example of the documentation. */
    @Test
    void theExampleOfTheDocumentationRuns() throws Exception {
        RecordBuffer recent = RecordBuffer.slidingWindow(50);
        VoxelGrid grid = new VoxelGrid("warmth",
                VoxelBox.of(new VoxelBox.Point(0, 0, 0), new VoxelBox.Point(10, 10, 10), new VoxelBox.Point(1, 1, 1)),
                new VoxelGrid.Inputs(FieldPath.of("x"), FieldPath.of("y"), FieldPath.of("z"), List.of("celsius"),
                        List.of(FieldPath.of("celsius"))),
                false, 16 << 20);
        List<Map<String, @Nullable Object>> batch = IntStream.range(0, 200).<Map<String, @Nullable Object>> mapToObj(
                i -> new HashMap<>(Map.of("x", i % 10, "y", 2.5, "z", 0.5, "fahrenheit", 32.0 + i))).toList();
        try (RecordPipeline pipeline = RecordPipeline.builder()
                .filter("frost-free", record -> (Double) record.get("fahrenheit") > 32)
                .map("celsius", record -> with(record, "celsius", ((Double) record.get("fahrenheit") - 32) / 1.8))
                .buffer("recent", recent)
                .stage("grid", grid)
                .build()) {
            PipelineResult result = pipeline.process(batch);
            assertThat(result.processed()).isEqualTo(200);
            assertThat(result.records()).hasSize(199);
            assertThat(recent).hasToString("sliding window of 50");
            assertThat(recent.utilizationPercent()).isEqualTo(100);
            assertThat(grid.look(null, null, 0, 100).voxels()).hasSize(10);

            CompletableFuture<Integer> seen = new CompletableFuture<>();
            pipeline.submit(batch, each -> seen.complete(each.processed())).get();
            assertThat(seen).isCompletedWithValue(200);
            assertThat(pipeline.totals().batches()).isEqualTo(2);
        }
    }

    @Test
    void removesAndReportsRecordsForWhichAStepFails() {
        RecordPipeline pipeline = builder().map("inverse", record -> with(record, "inverse", 12 / n(record)))
                .map("tick", record -> {
                    nanos += 1_000_000;
                    return record;
                }).build();

        PipelineResult result = pipeline.process(numbers(-1, 3));

        assertThat(result).isEqualTo(new PipelineResult(List.of(Map.of("n", -1L, "inverse", -12L),
                Map.of("n", 1L, "inverse", 12L), Map.of("n", 2L, "inverse", 6L)), 3, 1,
                List.of(new Failure(1, "inverse", "/ by zero")), 3));
        assertThat(pipeline.totals().failed()).isEqualTo(1);
        assertThat(pipeline.totals().processed()).isEqualTo(3);
        assertThat(pipeline.totals().p50Millis()).isBetween(2.5, 3.5);
        assertThat(pipeline.statistics()).extracting(StageStatistics::name, StageStatistics::failed, StageStatistics::out)
                .containsExactly(tuple("inverse", 1L, 3L),
                        tuple("tick", 0L, 3L));
    }

    @Test
    void doesNotChangeTheRecordsOfTheCaller() {
        List<Map<String, @Nullable Object>> records = numbers(0, 1);

        builder().map("add", record -> with(record, "more", 1)).build().process(records);

        assertThat(records).containsExactly(Map.of("n", 0L));
    }

    @Test
    void aSlidingWindowHasTheLastRecords() {
        RecordBuffer buffer = RecordBuffer.slidingWindow(50, clock);
        RecordPipeline pipeline = builder().buffer("recent", buffer).build();

        pipeline.process(numbers(0, 20));
        assertThat(buffer.utilizationPercent()).isEqualTo(40);
        now = now.plusSeconds(3);
        pipeline.process(numbers(20, 30));
        assertThat(buffer.age()).isEqualTo(Duration.ofSeconds(3));
        pipeline.process(numbers(30, 100));

        assertThat(buffer.records()).hasSize(50).first().isEqualTo(Map.of("n", 99L));
        assertThat(buffer.age()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aTimeWindowDropsOldRecordsWithoutFurtherRecords() {
        RecordBuffer buffer = RecordBuffer.timeWindow(Duration.ofSeconds(10), 100, clock);
        RecordPipeline pipeline = builder().buffer("recent", buffer).build();
        pipeline.process(numbers(0, 3));
        now = now.plusSeconds(6);
        pipeline.process(numbers(3, 5));
        assertThat(buffer.size()).isEqualTo(5);
        assertThat(buffer.age()).isEqualTo(Duration.ofSeconds(6));

        now = now.plusSeconds(5);

        assertThat(buffer.records()).containsExactly(Map.of("n", 4L), Map.of("n", 3L));
        assertThat(buffer.utilizationPercent()).isEqualTo(2);
        assertThat(buffer.age()).isEqualTo(Duration.ofSeconds(5));
        now = now.plusSeconds(60);
        assertThat(buffer.age()).isEqualTo(Duration.ZERO);
        assertThat(buffer).hasToString("time window of 10 s");
        assertThat(RecordBuffer.timeWindow(Duration.ofMillis(2500))).hasToString("time window of 2.5 s");
    }

    @Test
    void processesGeneratedBatches() throws Exception {
        StringBuilder table = new StringBuilder("n\n");
        IntStream.range(0, 200).forEach(i -> table.append(i % 40).append('\n'));
        Path file = Files.writeString(Files.createDirectories(Scratch.own("pipeline")).resolve("table.csv"), table);
        RecordPipeline pipeline = builder().filter("large", record -> n(record) >= 20).build();

        Synthesizer.fit(file).stream(GenerationSettings.defaults().withMaxRecords(1000)).run(pipeline::process);

        assertThat(pipeline.totals().processed()).isEqualTo(1000);
        assertThat(pipeline.statistics().get(0).dropped()).isBetween(400L, 600L);
    }

    @Test
    void aCallbackThatThrowsFailsItsOwnBatchOnly() throws Exception {
        try (RecordPipeline pipeline = builder().build()) {
            CompletableFuture<PipelineResult> broken = pipeline.submit(numbers(0, 1), result -> {
                throw new IllegalStateException("no");
            });

            assertThatThrownBy(broken::join).isInstanceOf(CompletionException.class).hasMessageContaining("no");
            assertThat(pipeline.submit(numbers(0, 2), result -> {
            }).get().processed()).isEqualTo(2);
        }
    }

    @Test
    void stepsHaveDifferentNames() {
        assertThatThrownBy(() -> builder().filter("a", record -> true).filter("a", record -> true))
                .hasMessage("two steps are named a");
    }
}
