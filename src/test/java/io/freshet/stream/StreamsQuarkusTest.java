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

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.model.SynthesisMethod;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.report.ShapeScores;
import io.freshet.sink.live.Broadcaster;
import io.freshet.sink.live.SlowConsumerStrategy;
import io.freshet.store.BlobStores;
import io.freshet.store.History;
import io.freshet.store.Models;
import io.freshet.stream.assembly.StreamParts;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamMetrics;
import io.freshet.stream.delivery.StreamTime;
import io.freshet.stream.engine.ResumePoint;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

@QuarkusTest
class StreamsQuarkusTest {

    @Inject
    Models models;

    @Inject
    Broadcaster feed;

    @Inject
    MeterRegistry registry;

    @Inject
    StreamProcesses processes;

    @TempDir
    Path files;

    @TempDir
    Path keptFolder;

    private History history;
    private Streams streams;

    @BeforeEach
    void begin() {
        history = StreamProcesses.history();
        streams = processes.begin(keptFolder, files, history);
    }

    @Test
    void aRunningStreamReportsHowCloseItsRowsAreToTheModel() throws IOException {
        models.put("scored", StreamProcesses.fitted("red"), Duration.ZERO);
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

    @Test
    void startsNothingWhileItShutsDown() {
        streams.shutDown(StreamProcesses.DRAIN);

        assertThat(refused("{name: late, source: {pattern: {}}, sinks: [websocket: {}]}"))
                .hasMessageContaining("shutting down");
    }

    @Test
    void rejectsTheNameOfAnotherStream() {
        create("{name: twice, source: {pattern: {}}, sinks: [websocket: {}]}");

        DefinitionException e = refused("{name: twice, source: {pattern: {}}, sinks: [websocket: {}]}");

        assertThat(e.path()).isEqualTo("name");
        streams.shutDown(StreamProcesses.DRAIN);
    }

    @Test
    void rejectsKafkaSinksWithoutKafka() {
        DefinitionException e = refused("{name: k, source: {pattern: {}}, sinks: [websocket: {}, kafka: {topic: t}]}");

        assertThat(e.path()).isEqualTo("sinks[1].kafka");
        assertThat(e).hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
        assertThat(streams.list()).isEmpty();
    }

    @Test
    void rejectsFilesOutsideTheirFolder() {
        for (String path : List.of("../out", "/etc/out", "a/../../out", ".", "a/..")) {
            assertThat(refused("{name: f, source: {pattern: {}}, sinks: [file: {path: '" + path + "'}]}").path()).as(path)
                    .isEqualTo("sinks[0].file.path");
        }
    }

    @Test
    void rejectsFilesWithoutAConfiguredFolder() {
        StreamParts parts = processes.parts(BlobStores.of(Optional.empty()), Optional.empty());
        StreamDefinition definition = definition("{name: f, source: {pattern: {}}, sinks: [file: {path: out}]}");

        DefinitionException e = catchThrowableOfType(DefinitionException.class,
                () -> parts.sinks(definition, parts.source(definition, ResumePoint.NEW), ResumePoint.NEW,
                        StreamMetrics.NONE,
                        StreamTime.SYSTEM));

        assertThat(e.path()).isEqualTo("sinks[0].file");
        assertThat(e).hasMessageContaining("freshet.sinks.files-folder");
    }

    @Test
    void rejectsAnUnknownModel() {
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
    void sendsLiveRecordsToFollowersAndRetainsTheLastOnes() {
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
    void hasPrometheusMetersOnlyWhileTheStreamExists() {
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
