package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.junit.QuarkusTest;

/** The state of stages in streams that end with their process and resume in another one. */
@QuarkusTest
class StageRestartQuarkusTest extends RestartFixture {

    private static final int DAMAGED = 1_000;

    @Test
    void windowsResumeInTheirMiddleAfterARestartWithoutLossOrRepetition() throws IOException {
        String definition = """
                {name: %s, source: {pattern: {seed: 4}}, metadata: false, pace: {%s batchSize: 500, maxRecords: 12000},
                 stages: [window: {size: 500ms, slide: 125ms, time: timestamp, key: user_id, values: {value: [sum, p99, distinct]}}],
                 sinks: [file: {path: %s.ndjson}]}""";
        Stream whole = create(definition.formatted("whole", "recordsPerSecond: 4000,", "whole"));
        await().atMost(Duration.ofSeconds(20)).until(() -> whole.state() == StreamState.COMPLETED);

        Stream before = create(definition.formatted("split", "recordsPerSecond: 4000,", "split"));
        for (int restart = 1; restart < 3; restart++) {
            int far = restart * 3000;
            Stream running = streams.find("split").orElseThrow();
            await().until(() -> running.position() > far);
            streams.shutDown(StreamProcesses.DRAIN);
            streams = fresh();
            streams.restore();
        }
        Stream after = streams.find("split").orElseThrow();
        await().atMost(Duration.ofSeconds(20)).until(() -> after.state() == StreamState.COMPLETED);

        assertThat(before.position()).isBetween(3000L, 11_000L);
        List<String> expected = sorted("whole.ndjson");
        assertThat(expected).hasSizeGreaterThan(2000);
        assertThat(sorted("split.ndjson")).isEqualTo(expected);
        streams.shutDown(StreamProcesses.DRAIN);
    }

    @Test
    void windowsContinueWhenAStageAfterThemIsReplaced() throws IOException {
        String definition = """
                {name: %s, source: {pattern: {seed: 4}}, metadata: false, pace: {%s batchSize: 500, maxRecords: 8000},
                 stages: [window: {size: 500ms, slide: 125ms, time: timestamp, key: user_id, values: {value: [sum]}}%s],
                 sinks: [file: {path: %s.ndjson}]}""";
        Stream whole = create(definition.formatted("entire", "recordsPerSecond: 4000,", "", "entire"));
        await().atMost(Duration.ofSeconds(20)).until(() -> whole.state() == StreamState.COMPLETED);
        Stream before = create(definition.formatted("changed", "recordsPerSecond: 4000,", "", "changed"));
        await().until(() -> before.position() > 3000);

        Stream after = streams.replace(StreamDefinition.parse(Definitions.yaml(definition.formatted("changed",
                "recordsPerSecond: 4000,",
                ", {checkpoint: {expect: [{name: some, that: {field: count, op: greater_than, value: 0}}]}}", "changed"))));

        await().atMost(Duration.ofSeconds(20)).until(() -> after.state() == StreamState.COMPLETED);
        assertThat(before.position()).isBetween(3001L, 7999L);
        assertThat(after.stages().orElseThrow().statistics()).hasSize(2);
        assertThat(sorted("changed.ndjson")).isEqualTo(sorted("entire.ndjson"));
        Stream anew = streams.replace(StreamDefinition.parse(Definitions.yaml(
                definition.replace("500ms", "250ms").formatted("changed", "recordsPerSecond: 1,", "", "changed"))));
        assertThat(anew.position()).as("other windows begin with the first record").isLessThan(1000);
        streams.shutDown(StreamProcesses.DRAIN);
    }

    @Test
    void damagedStateDoesNotPreventTheStart() throws IOException {
        create("{name: windowed, source: {retail: {stores: 2, customers: 100, products: 100, centres: 1, start: '2026-03-18', speed: max}},"
                + " pace: {recordsPerSecond: 5000}, stages: [window: {size: 2s, values: {store: [count]}}], sinks: [websocket: {}]}");
        await().until(() -> streams.find("windowed").orElseThrow().snapshots().usable().isPresent() || save());
        streams.shutDown(StreamProcesses.DRAIN);
        List<Path> saved = List.of(keptFolder.resolve("streams").resolve("windowed.json"),
                keptFolder.resolve("stages").resolve("windowed.state"));
        List<byte[]> intact = List.of(Files.readAllBytes(saved.get(0)), Files.readAllBytes(saved.get(1)));
        Random random = new Random(5);
        int failed = 0;
        for (int round = 0; round < DAMAGED; round++) {
            int file = random.nextInt(2);
            Files.write(saved.get(file), damaged(intact.get(file), random));
            streams = fresh();

            streams.restore();

            assertThat(streams.find("windowed").isPresent()).as("round %d", round)
                    .isNotEqualTo(streams.findFailed("windowed").isPresent());
            failed += streams.failed().size();
            streams.list().forEach(Stream::release);
            Files.write(saved.get(file), intact.get(file));
        }
        assertThat(failed).isBetween(DAMAGED / 4, DAMAGED - 1);
    }

    /** Sorts the lines, because sums of the same numbers in another order differ in their last digits. */
    private List<String> sorted(String file) throws IOException {
        return Files.readAllLines(files.resolve(file)).stream().map(line -> line.replaceAll("(\\.\\d{6})\\d+", "$1")).sorted()
                .toList();
    }

    /** Returns bytes that are changed, truncated, or replaced by invalid lengths. */
    private static byte[] damaged(byte[] intact, Random random) {
        byte[] bytes = intact.clone();
        switch (random.nextInt(3)) {
            case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            default -> ByteBuffer.wrap(bytes).putInt(random.nextInt(bytes.length - 3),
                    random.nextBoolean() ? -1 : Integer.MAX_VALUE - random.nextInt(1000));
        }
        return bytes;
    }
}
