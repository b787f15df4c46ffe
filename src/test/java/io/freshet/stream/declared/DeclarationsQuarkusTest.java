package io.freshet.stream.declared;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.model.fit.ModelFitter;
import io.freshet.store.Models;
import io.freshet.stream.Streams;
import io.freshet.stream.engine.Stream;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(DeclarationsQuarkusTest.WithFolder.class)
class DeclarationsQuarkusTest {

    private static final String STREAM = """
            name: %s
            source: { pattern: { seed: %d } }
            pace: { recordsPerSecond: %d, batchSize: 10 }
            sinks: [ { websocket: {} } ]
            """;

    /** Configures a folder that is empty at first, and only checked when a test requests it. */
    public static class WithFolder implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                return Map.of("freshet.declarations.folder", Files.createTempDirectory("declared").toString(),
                        "freshet.declarations.every", "24h");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Inject
    DeclarationConfig config;

    @Inject
    Declarations declarations;

    @Inject
    Streams streams;

    @Inject
    Models models;

    private Path folder() {
        return config.folder().orElseThrow();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder().resolve(file), text);
    }

    @AfterEach
    void clear() throws IOException {
        try (var files = Files.list(folder())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        declarations.reconcile();
        assertThat(streams.list()).isEmpty();
    }

    @Test
    void streamsMatchTheirFiles() throws IOException {
        write("one.yaml", STREAM.formatted("one", 1, 100));
        write("two.json",
                "{\"name\":\"two\",\"source\":{\"pattern\":{}},\"pace\":{\"recordsPerSecond\":1},\"sinks\":[{\"websocket\":{}}]}");
        write("notes.txt", "not a declaration");
        declarations.reconcile();
        assertThat(streams.list()).extracting(Stream::name).containsExactly("one", "two");
        assertThat(declarations.list()).hasSize(2).noneMatch(Declaration::isWrong);
        Stream before = streams.find("one").orElseThrow();
        declarations.reconcile();
        assertThat(streams.find("one")).containsSame(before);
        Files.delete(folder().resolve("two.json"));
        declarations.reconcile();
        assertThat(streams.list()).extracting(Stream::name).containsExactly("one");
    }

    @Test
    void aChangedStreamResumesFromItsPositionUnlessItsRecordsDiffer() throws IOException {
        write("s.yaml", STREAM.formatted("s", 1, 1000));
        declarations.reconcile();
        await().until(() -> streams.find("s").orElseThrow().position() >= 50);
        write("s.yaml", STREAM.formatted("s", 1, 1));
        declarations.reconcile();
        assertThat(streams.find("s").orElseThrow().position()).isGreaterThanOrEqualTo(50);
        assertThat(streams.find("s").orElseThrow().definition().pace().meanRecordsPerSecond()).hasValue(1);
        write("s.yaml", STREAM.formatted("s", 2, 1));
        declarations.reconcile();
        assertThat(streams.find("s").orElseThrow().position()).isLessThan(50);
    }

    @Test
    void anInvalidFileIsReportedAndDoesNotAffectOthers() throws IOException {
        write("a-broken.yaml", "name: [");
        write("b-wrong.yaml", "name: wrong\nsource: { pattern: {} }\nsinks: [ { kafka: { topic: t } } ]\n");
        write("c-same.yaml", STREAM.formatted("good", 1, 1));
        write("d.model.json", "{}");
        write("good.yaml", STREAM.formatted("good", 1, 1));
        declarations.reconcile();
        assertThat(streams.list()).extracting(Stream::name).containsExactly("good");
        given().get("/api/v1/declarations").then().statusCode(200)
                .body("find { it.file == 'a-broken.yaml' }.state", equalTo("wrong"))
                .body("find { it.file == 'b-wrong.yaml' }.reason", containsString("KAFKA_BOOTSTRAP_SERVERS"))
                .body("find { it.file == 'good.yaml' }.reason", containsString("c-same.yaml declares good already"))
                .body("find { it.file == 'c-same.yaml' }.state", equalTo("applied"))
                .body("find { it.file == 'd.model.json' }.state", equalTo("wrong"));
        given().get("/q/health/well").then().statusCode(503)
                .body("checks.find { it.name == 'declarations' }.data.'b-wrong.yaml'", containsString("kafka"));
        given().get("/q/health/ready").then().statusCode(200);
        Files.delete(folder().resolve("good.yaml"));
        write("c-same.yaml", "nonsense");
        declarations.reconcile();
        assertThat(streams.find("good")).as("what it declared before goes on").isPresent();
    }

    @Test
    void aStreamWaitsForAModelThatIsDeclaredLater() throws IOException {
        write("drawn.yaml",
                "name: drawn\nsource: { model: small }\npace: { recordsPerSecond: 1 }\nsinks: [ { websocket: {} } ]\n");
        declarations.reconcile();
        assertThat(declarations.list()).singleElement()
                .satisfies(wrong -> assertThat(wrong.reason()).contains("refers to an unknown model: small"));
        SynthesisModel model = ModelFitter.fit(
                TableReader.read(new ByteArrayInputStream("a,b\n1,x\n2,y\n3,x\n".getBytes(StandardCharsets.UTF_8)),
                        TableFormat.CSV, ReadOptions.defaults()),
                SynthesisMethod.INDEPENDENT);
        try (OutputStream out = Files.newOutputStream(folder().resolve("small.model.json"))) {
            ModelFile.write(new ModelFile.Contents(model, Optional.empty()), out);
        }
        declarations.reconcile();
        assertThat(streams.find("drawn")).isPresent();
        assertThat(declarations.list()).noneMatch(Declaration::isWrong);
        Files.writeString(folder().resolve("small.model.json"), "\n", StandardOpenOption.APPEND);
        declarations.reconcile();
        assertThat(models.find("small").orElseThrow().version()).as("the same model is no new version").isEqualTo(1);
        models.delete("small");
    }
}
