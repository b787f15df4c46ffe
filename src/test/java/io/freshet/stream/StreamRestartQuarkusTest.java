package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.store.Models;
import io.quarkus.test.junit.QuarkusTest;

/** Streams that end with their process, and go on in another one. */
@QuarkusTest
class StreamRestartQuarkusTest {

    @Inject
    Models models;

    @Inject
    StreamProcesses processes;

    @TempDir
    Path files;

    @TempDir
    Path keptFolder;

    private Streams streams;

    @BeforeEach
    void begin() {
        streams = fresh();
    }

    private Streams fresh() {
        return processes.begin(keptFolder, files, StreamProcesses.history());
    }

    @Test
    void goesOnFromItsPositionAfterARestart() throws IOException {
        Stream before = create(
                """
                        {name: restarted, source: {pattern: {seed: 4}}, pace: {recordsPerSecond: 2000, batchSize: 700, maxRecords: 6000},
                         sinks: [file: {path: out.ndjson}]}""");
        await().until(() -> before.position() > 1000);
        streams.shutDown();
        // as when the process is told first that it is going to end, and then that it ends
        streams.shutDown();
        assertThat(before.position()).isBetween(1000L, 5999L);

        streams = fresh();
        streams.restore();
        Stream after = streams.find("restarted").orElseThrow();
        await().atMost(Duration.ofSeconds(20)).until(() -> after.state() == StreamState.COMPLETED);

        List<Long> sequences = Files.readAllLines(files.resolve("out.ndjson")).stream()
                .map(line -> Definitions.yaml(line).get("sequence").asLong()).toList();
        assertThat(sequences).isEqualTo(LongStream.range(0, 6000).boxed().toList());
        streams.shutDown();
    }

    @Test
    void windowsGoOnInTheirMiddleAfterARestartAndLoseAndRepeatNothing() throws IOException {
        String definition = """
                {name: %s, source: {pattern: {seed: 4}}, metadata: false, pace: {%s batchSize: 500, maxRecords: 12000},
                 stages: [window: {size: 2s, slide: 500ms, time: timestamp, key: user_id, values: {value: [sum, p99, distinct]}}],
                 sinks: [file: {path: %s.ndjson}]}""";
        Stream whole = create(definition.formatted("whole", "", "whole"));
        await().atMost(Duration.ofSeconds(20)).until(() -> whole.state() == StreamState.COMPLETED);

        Stream before = create(definition.formatted("split", "recordsPerSecond: 4000,", "split"));
        for (int restart = 1; restart < 3; restart++) {
            int far = restart * 3000;
            Stream running = streams.find("split").orElseThrow();
            await().until(() -> running.position() > far);
            streams.shutDown();
            streams = fresh();
            streams.restore();
        }
        Stream after = streams.find("split").orElseThrow();
        await().atMost(Duration.ofSeconds(20)).until(() -> after.state() == StreamState.COMPLETED);

        assertThat(before.position()).isBetween(3000L, 11_000L);
        List<String> expected = sorted("whole.ndjson");
        assertThat(expected).hasSizeGreaterThan(2000);
        assertThat(sorted("split.ndjson")).isEqualTo(expected);
        streams.shutDown();
    }

    @Test
    void windowsGoOnWhenAStageBehindThemIsReplaced() throws IOException {
        String definition = """
                {name: %s, source: {pattern: {seed: 4}}, metadata: false, pace: {%s batchSize: 500, maxRecords: 8000},
                 stages: [window: {size: 2s, slide: 500ms, time: timestamp, key: user_id, values: {value: [sum]}}%s],
                 sinks: [file: {path: %s.ndjson}]}""";
        Stream whole = create(definition.formatted("entire", "", "", "entire"));
        await().atMost(Duration.ofSeconds(20)).until(() -> whole.state() == StreamState.COMPLETED);
        Stream before = create(definition.formatted("changed", "recordsPerSecond: 4000,", "", "changed"));
        await().until(() -> before.position() > 3000);

        Stream after = streams.replace(StreamDefinition.parse(Definitions.yaml(definition.formatted("changed", "",
                ", {checkpoint: {expect: [{name: some, that: {field: count, op: greater_than, value: 0}}]}}", "changed"))));

        await().atMost(Duration.ofSeconds(20)).until(() -> after.state() == StreamState.COMPLETED);
        assertThat(before.position()).isBetween(3001L, 7999L);
        assertThat(after.stages().orElseThrow().statistics()).hasSize(2);
        assertThat(sorted("changed.ndjson")).isEqualTo(sorted("entire.ndjson"));
        Stream anew = streams.replace(StreamDefinition.parse(Definitions.yaml(
                definition.replace("2s", "1s").formatted("changed", "recordsPerSecond: 1,", "", "changed"))));
        assertThat(anew.position()).as("other windows begin with the first record").isLessThan(1000);
        streams.shutDown();
    }

    /** Sums of the same numbers in another order differ in their last digits. */
    private List<String> sorted(String file) throws IOException {
        return Files.readAllLines(files.resolve(file)).stream().map(line -> line.replaceAll("(\\.\\d{6})\\d+", "$1")).sorted()
                .toList();
    }

    @Test
    void aSimulationGoesOnFromItsPositionAfterARestart() throws IOException {
        String chain = "source: {retail: {stores: 4, customers: 300, products: 300, centres: 1, start: '2026-03-18', speed: max}}, ";
        Stream whole = create("{name: whole, " + chain + "pace: {maxRecords: 40000}, sinks: [file: {path: whole.ndjson}]}");
        Stream before = create("{name: cut, " + chain + "chaos: {}, pace: {recordsPerSecond: 6000, maxRecords: 40000},"
                + " sinks: [file: {path: cut.ndjson}]}");
        await().until(() -> before.position() > 10_000 && whole.state() == StreamState.COMPLETED);
        streams.shutDown();
        assertThat(before.position()).isLessThan(40_000);
        assertThat(Files.readString(keptFolder.resolve("streams").resolve("cut.json")))
                .containsPattern("\"bookmark\":\"\\d+@\\d+\"");

        streams = fresh();
        streams.restore();
        Stream after = streams.find("cut").orElseThrow();
        await().atMost(Duration.ofSeconds(30)).until(() -> after.state() == StreamState.COMPLETED);

        assertThat(Files.readAllLines(files.resolve("cut.ndjson")))
                .isEqualTo(Files.readAllLines(files.resolve("whole.ndjson"))).hasSize(40_000);
        streams.shutDown();
    }

    @Test
    void knowsAfterARestartWhatWasPausedCompletedOrDeleted() {
        create("{name: paused, source: {pattern: {}}, sinks: [websocket: {}]}").pause();
        Stream completed = create("{name: completed, source: {pattern: {}}, pace: {maxRecords: 5}, sinks: [websocket: {}]}");
        create("{name: deleted, source: {pattern: {}}, sinks: [websocket: {}]}");
        assertThat(streams.delete("deleted")).isTrue();
        assertThat(streams.delete("deleted")).isFalse();
        await().until(() -> completed.state() == StreamState.COMPLETED);
        streams.shutDown();

        streams = fresh();
        streams.restore();

        assertThat(streams.list()).extracting(Stream::name).containsExactly("completed", "paused");
        assertThat(streams.list()).extracting(Stream::state).containsExactly(StreamState.COMPLETED, StreamState.PAUSED);
        assertThat(streams.find("completed").orElseThrow().position()).isEqualTo(5);
        streams.shutDown();
    }

    @Test
    void aPinnedStreamStaysOnItsVersionAfterARestart() throws IOException {
        models.put("pin", StreamProcesses.fitted("old"), Duration.ZERO);
        String pinned = "{name: %s, source: {model: pin, pinned: %s}, pace: {recordsPerSecond: 100}, sinks: [websocket: {}]}";
        create(pinned.formatted("steadfast", true));
        create(pinned.formatted("following", false));
        models.put("pin", StreamProcesses.fitted("new"), Duration.ZERO);
        streams.shutDown();

        streams = fresh();
        streams.restore();

        assertThat(version("steadfast")).isEqualTo(1);
        assertThat(version("following")).isEqualTo(2);
        create(pinned.formatted("newcomer", true));
        assertThat(version("newcomer")).isEqualTo(2);
        models.delete("pin");
        streams.shutDown();

        streams = fresh();
        streams.restore();
        assertThat(version("steadfast")).isEqualTo(1);
        assertThat(version("newcomer")).isEqualTo(2);
        assertThat(streams.find("following")).isEmpty();
        streams.delete("steadfast");
        streams.delete("newcomer");
        try (var left = Files.list(keptFolder.resolve("pinned-models"))) {
            assertThat(left).isEmpty();
        }
        streams.shutDown();
    }

    private long version(String stream) {
        Long version = streams.find(stream).orElseThrow().statistics().source().modelVersion();
        return version == null ? 0 : version;
    }

    private Stream create(String yaml) {
        return streams.create(StreamDefinition.parse(Definitions.yaml(yaml)));
    }
}
