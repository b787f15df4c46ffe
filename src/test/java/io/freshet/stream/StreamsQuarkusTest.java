package io.freshet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.model.ModelFitter;
import io.freshet.model.ShapeScores;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.sink.KafkaProducers;
import io.freshet.sink.LiveFeed;
import io.freshet.sink.SlowConsumerStrategy;
import io.freshet.source.RetailChains;
import io.freshet.store.History;
import io.freshet.store.Models;
import io.freshet.store.PinnedModels;
import io.freshet.store.Shelves;
import io.freshet.store.StoreConfig;
import io.freshet.store.StreamStore;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

@QuarkusTest
class StreamsQuarkusTest {

    record StoreSettings(Optional<Path> folder, boolean mongodb, int recentRecords) implements StoreConfig {

        @Override
        public boolean redis() {
            return false;
        }
    }

    record Scoring(boolean enabled, int rowsPerSecond) implements LiveScoresConfig {
    }

    @Inject
    Models models;

    @Inject
    LiveFeed feed;

    @Inject
    KafkaProducers kafka;

    @Inject
    StreamMeters meters;

    @Inject
    StreamHooks hooks;

    @Inject
    RetailChains chains;

    @Inject
    TopicSources topics;

    @Inject
    KeptSinks kept;

    @Inject
    FeedSources feeds;

    @Inject
    MeterRegistry registry;

    @TempDir
    Path files;

    @TempDir
    Path keptFolder;

    private History history;
    private Streams streams;

    @BeforeEach
    void begin() {
        streams = fresh();
    }

    /** As a process begins, with what the one before has kept. */
    private Streams fresh() {
        Shelves shelves = Shelves.of(Optional.of(keptFolder));
        history = new History(new StoreSettings(Optional.empty(), false, 100));
        return new Streams(
                new StreamParts(
                        new StreamSources(models, new PinnedModels(shelves), new Scoring(true, 2_000), chains, topics, feeds,
                                new StreamTaps()),
                        new StreamSinks(kafka, kept, feed, new KeptLetters(), new SinkSettings(Optional.of(files))),
                        new StageTools(java.util.Map::of),
                        new KeptLetters()),
                new StreamStore(shelves), new io.freshet.store.StageStates(shelves), history, meters, hooks);
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
        models.put("pin", fitted("old"), Duration.ZERO);
        String pinned = "{name: %s, source: {model: pin, pinned: %s}, pace: {recordsPerSecond: 100}, sinks: [websocket: {}]}";
        create(pinned.formatted("steadfast", true));
        create(pinned.formatted("following", false));
        models.put("pin", fitted("new"), Duration.ZERO);
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

    @Test
    void aRunningStreamSaysHowFarItsRowsHaveTheDistributionsOfTheModel() throws IOException {
        models.put("scored", fitted("red"), Duration.ZERO);
        Stream stream = create("{name: scored, source: {model: scored}, pace: {maxRecords: 1500}, sinks: [websocket: {}]}");
        await().until(() -> stream.state() == StreamState.COMPLETED);

        ShapeScores shapes = stream.statistics().shapes();

        assertThat(shapes).isNotNull();
        assertThat(shapes.rows()).isEqualTo(1500);
        assertThat(shapes.shape()).isBetween(.95, 1.0);
        assertThat(shapes.columns()).extracting(ShapeScores.ColumnShape::name).containsExactly("colour", "size");
        assertThat(registry.get("freshet.stream.shape.score").tag("stream", "scored").gauge().value())
                .isEqualTo(shapes.shape());
        assertThat(registry.get("freshet.stream.shape.worst.score").tag("stream", "scored").gauge().value())
                .isEqualTo(shapes.worst().score());
        streams.delete("scored");
        models.delete("scored");
    }

    private static SynthesisModel fitted(String colour) throws IOException {
        String csv = "colour,size\n" + (colour + ",1\ngrey,2\n").repeat(50);
        return ModelFitter.fit(TableReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV,
                ReadOptions.defaults()), SynthesisMethod.GAUSSIAN_COPULA);
    }

    private long version(String stream) {
        Long version = streams.find(stream).orElseThrow().statistics().source().modelVersion();
        return version == null ? 0 : version;
    }

    @Test
    void startsNothingWhileItShutsDown() {
        streams.shutDown();

        assertThat(refused("{name: late, source: {pattern: {}}, sinks: [websocket: {}]}"))
                .hasMessageContaining("shutting down");
    }

    @Test
    void refusesTheNameOfAnotherStream() {
        create("{name: twice, source: {pattern: {}}, sinks: [websocket: {}]}");

        DefinitionException e = refused("{name: twice, source: {pattern: {}}, sinks: [websocket: {}]}");

        assertThat(e.path()).isEqualTo("name");
        streams.shutDown();
    }

    @Test
    void refusesKafkaWhereThereIsNone() {
        DefinitionException e = refused("{name: k, source: {pattern: {}}, sinks: [websocket: {}, kafka: {topic: t}]}");

        assertThat(e.path()).isEqualTo("sinks[1].kafka");
        assertThat(e).hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
        assertThat(streams.list()).isEmpty();
    }

    @Test
    void refusesFilesOutsideTheirFolder() {
        for (String path : List.of("../out", "/etc/out", "a/../../out", ".", "a/..")) {
            assertThat(refused("{name: f, source: {pattern: {}}, sinks: [file: {path: '" + path + "'}]}").path()).as(path)
                    .isEqualTo("sinks[0].file.path");
        }
    }

    @Test
    void refusesFilesWhereThereIsNoFolderForThem() {
        StreamParts parts = new StreamParts(
                new StreamSources(models, new PinnedModels(Shelves.of(Optional.empty())), new Scoring(false, 0), chains, topics,
                        feeds, new StreamTaps()),
                new StreamSinks(kafka, kept, feed, new KeptLetters(), new SinkSettings(Optional.empty())),
                new StageTools(java.util.Map::of),
                new KeptLetters());
        StreamDefinition definition = definition("{name: f, source: {pattern: {}}, sinks: [file: {path: out}]}");

        DefinitionException e = catchThrowableOfType(DefinitionException.class,
                () -> parts.sinks(definition, parts.source(definition, StartingPoint.NEW), StartingPoint.NEW,
                        StreamMetrics.NONE,
                        StreamTime.SYSTEM));

        assertThat(e.path()).isEqualTo("sinks[0].file");
        assertThat(e).hasMessageContaining("freshet.sinks.files-folder");
    }

    @Test
    void refusesAModelThereIsNot() {
        assertThat(refused("{name: m, source: {model: nobody}, sinks: [websocket: {}]}").path()).isEqualTo("source.model");
    }

    @Test
    void writesTheRowsOfAModelAsCsv() throws Exception {
        byte[] table = ("age,region\n" + "30,West\n41,East\n52,West\n29,East\n".repeat(20))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        models.put("people", ModelFitter.fit(TableReader.read(new java.io.ByteArrayInputStream(table), TableFormat.CSV,
                ReadOptions.defaults()), SynthesisMethod.GAUSSIAN_COPULA), Duration.ZERO);

        Stream stream = create("""
                {name: people, source: {model: people, conditions: {region: West}}, metadata: false,
                 pace: {maxRecords: 50}, sinks: [file: {path: people.csv, format: csv}]}""");
        await().until(() -> stream.state() == StreamState.COMPLETED);

        List<String> lines = Files.readAllLines(files.resolve("people.csv"));
        assertThat(lines).hasSize(51).first().isEqualTo("age,region");
        assertThat(lines.subList(1, 51)).allMatch(line -> line.matches("\\d+,West"));
        assertThat(refused("{name: n, source: {model: people, conditions: {height: 3}}, sinks: [websocket: {}]}").path())
                .isEqualTo("source.conditions.height");
    }

    @Test
    void bringsLiveRecordsToFollowersAndKeepsTheLastOnes() {
        Stream stream = create(
                "{name: live, source: {pattern: {}}, pace: {maxRecords: 250, batchSize: 50}, sinks: [websocket: {}]}");
        stream.pause();
        AssertSubscriber<String> follower = feed.subscribe("live", SlowConsumerStrategy.DROP_OLDEST).subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        stream.resume();
        follower.awaitCompletion();

        await().until(() -> stream.state() == StreamState.COMPLETED);
        List<String> recent = history.recent("live", 1000);
        assertThat(recent).hasSize(100);
        assertThat(recent.get(0)).contains("\"sequence\":249,");
        assertThat(recent.get(99)).contains("\"sequence\":150,");
        follower.getItems().forEach(message -> assertThat(Definitions.yaml(message).get("records")).isNotEmpty());
    }

    @Test
    void countsForPrometheusWhileThereIsAStream() {
        Stream stream = create("{name: counted, source: {pattern: {}}, pace: {maxRecords: 1234}, sinks: [websocket: {}]}");
        await().until(() -> stream.state() == StreamState.COMPLETED);

        assertThat(registry.get("freshet.stream.records").tags("stream", "counted", "sink", "websocket", "outcome", "delivered")
                .counter().count()).isEqualTo(1234);
        streams.delete("counted");

        assertThat(registry.getMeters()).noneMatch(meter -> "counted".equals(meter.getId().getTag("stream")));
    }

    private Stream create(String yaml) {
        return streams.create(definition(yaml));
    }

    private DefinitionException refused(String yaml) {
        return catchThrowableOfType(DefinitionException.class, () -> create(yaml));
    }

    private static StreamDefinition definition(String yaml) {
        return StreamDefinition.parse(Definitions.yaml(yaml));
    }
}
