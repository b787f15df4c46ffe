package io.freshet.model.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import io.freshet.model.ConditionParser;
import io.freshet.model.Conditions;
import io.freshet.model.DrawnRows;
import io.freshet.model.ModelOrigin;
import io.freshet.model.PartialFit;
import io.freshet.model.RequestedFit;
import io.freshet.model.SampleTables;
import io.freshet.model.SynthesisMethod;
import io.freshet.model.SynthesisModel;
import io.freshet.model.VersionEntry;
import io.freshet.model.VersionHistory;
import io.freshet.model.copula.GaussianCopula;
import io.freshet.model.fit.ModelFitter;
import io.freshet.model.online.OnlineLearning;
import io.freshet.model.online.Panes;

/**
 * Reads files of each released version of the format, which must never be rewritten: existing files must remain readable
 * forever, and must generate the same rows as when they were written.
 */
@Timeout(60)
class ModelFileFormatTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Conditions SOME = ConditionParser.parse(Map.of("way", "down", "price", Map.of("gt", 15)));

    private static InputStream open(String resource) {
        return Objects.requireNonNull(ModelFileFormatTest.class.getResourceAsStream(resource), resource);
    }

    private static JsonNode json(String resource) throws IOException {
        try (InputStream in = open(resource)) {
            return JSON.readTree(in);
        }
    }

    private static ModelFile.Contents contents(String file) throws IOException {
        try (InputStream in = open("/models/" + file + ".json")) {
            return ModelFile.readContents(in);
        }
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(json("/META-INF/resources/schemas/model-1.json"));
    }

    @ParameterizedTest
    @CsvSource({ "model-1-parents, 553b50f53710ff7e, b4a3527db88be824",
            "model-1-parents-learning, 4ebc33cb9f828f7c, 0fc93698af36e02c",
            "model-1-strata, 6303602eb789ced5, edf5b1d75c47344e",
            "model-1-strata-learning, 9469390bc985d585, 1a9d285adab6c703" })
    void drawsTheSameRowsAsWhenItWasWritten(String file, String digest, String digestOfSome) throws IOException {
        SynthesisModel model = contents(file).model();

        assertThat(DrawnRows.of(model, 9, Conditions.none(), 5, 500).digest()).isEqualTo(digest);
        assertThat(DrawnRows.of(model, 9, SOME, 5, 200).digest()).isEqualTo(digestOfSome);
    }

    @ParameterizedTest
    @ValueSource(strings = { "model-1-parents", "model-1-parents-learning", "model-1-strata", "model-1-strata-learning" })
    void theStoredFileMatchesTheSchema(String file) throws IOException {
        assertThat(schema().validate(json("/models/" + file + ".json"))).isEmpty();
    }

    @Test
    void aNewFileMatchesTheSchema() throws IOException {
        SynthesisModel model = ModelFitter.fit(SampleTables.mixed(3_000), SynthesisMethod.GAUSSIAN_COPULA);
        PartialFit learned = OnlineLearning.partialFit(model, SampleTables.mixed(500), .2);
        VersionHistory history = VersionHistory.EMPTY
                .with(new VersionEntry(1, Instant.EPOCH, VersionEntry.Cause.FIT, 3_000L, "gaussian_copula", null))
                .with(new VersionEntry(2, Instant.EPOCH, VersionEntry.Cause.PARTIAL_FIT, 500L, "gaussian_copula",
                        VersionEntry.DriftSummary.of(learned.drift())));
        ModelOrigin origin = new ModelOrigin(2, Instant.EPOCH, Duration.ZERO, learned.drift(), List.of(),
                new RequestedFit(Map.of("-relation", List.of("a = b"), "type.id", List.of("text"))), history);

        for (ModelFile.Contents contents : List.of(new ModelFile.Contents(model, Optional.empty()),
                new ModelFile.Contents(learned.model(), Optional.of(origin)),
                new ModelFile.Contents(ModelFitter.fit(SampleTables.mixed(50), SynthesisMethod.INDEPENDENT),
                        Optional.empty()))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ModelFile.write(contents, out);
            assertThat(schema().validate(JSON.readTree(out.toByteArray()))).isEmpty();
        }
    }

    @Test
    void aFileRemembersWhatWasAskedOfItsFit() throws IOException {
        RequestedFit requested = new RequestedFit(
                Map.of("method", List.of("trees"), "-relation", List.of("a = b", "c <= d")));
        ModelOrigin origin = new ModelOrigin(1, Instant.EPOCH, Duration.ZERO, List.of(), List.of(), requested,
                VersionHistory.EMPTY);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ModelFile.write(new ModelFile.Contents(ModelFitter.fit(SampleTables.mixed(50), SynthesisMethod.INDEPENDENT),
                Optional.of(origin)), out);

        assertThat(ModelFile.readContents(new ByteArrayInputStream(out.toByteArray())).origin().map(ModelOrigin::requested))
                .contains(requested);
    }

    @Test
    void theSchemaRejectsWhatItDoesNotDescribe() throws IOException {
        ObjectNode file = (ObjectNode) json("/models/model-1-strata.json");
        ((ObjectNode) file.path("columns").get(0)).put("colour", "red").put("missing", 2).remove("name");
        file.put("version", 7).put("rows", "many");

        assertThat(schema().validate(file)).extracting(complaint -> complaint.getInstanceLocation() + " " + complaint.getType())
                .containsExactlyInAnyOrder("$.columns[0] required", "$.columns[0] additionalProperties",
                        "$.columns[0].missing maximum", "$.version const", "$.rows type");
    }

    @ParameterizedTest
    @ValueSource(strings = { "model-1-parents-learning", "model-1-strata-learning" })
    void aLearningModelContinuesWhereItWas(String file) throws IOException {
        ModelFile.Contents contents = contents(file);

        assertThat(contents.origin().orElseThrow().version()).isEqualTo(3);
        assertThat(contents.origin().orElseThrow().drift()).hasSize(contents.model().schema().size());
        Panes panes = (Panes) ((GaussianCopula) contents.model()).history();
        assertThat(panes.list()).hasSize(3);
        assertThat(panes.share()).isBetween(1 - 1e-9, 1 + 1e-9);
        assertThat(panes.newest()).contains(Instant.parse("2026-01-01T02:00:00Z"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(contents, out);
        assertThat(JSON.readTree(out.toByteArray())).isEqualTo(json("/models/" + file + ".json"));
    }
}
