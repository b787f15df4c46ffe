package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.store.BlobStores;
import io.freshet.store.FitStates;
import io.freshet.store.Models;
import io.freshet.stream.RestoreCompleted;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class CtganQuarkusTest {

    private static final String MODEL = "/api/v1/models/networked";
    private static final String SMALL = "method=ctgan&batch_size=40&generator_dim=16&discriminator_dim=16&embedding_dim=8";
    private static final byte[] TABLE = ("amount,colour\n" + IntStream.range(0, 200)
            .mapToObj(i -> i * i % 97 + "," + (i % 4 == 0 ? "grey" : "red")).collect(Collectors.joining("\n")))
            .getBytes(StandardCharsets.UTF_8);
    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject
    ModelReplacement replacement;

    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        given().delete(MODEL + "/fit");
        given().delete(MODEL);
    }

    private static ValidatableResponse fit(String query) {
        return given().contentType("text/csv").body(TABLE).put(MODEL + "?" + query).then();
    }

    @Test
    void aModelIsTrainedAndDrawnFrom() {
        fit(SMALL + "&epochs=2&seed=7").statusCode(201).body("method", is("ctgan"));
        given().get(MODEL + "/fit").then().statusCode(200).body("state", is("done")).body("epoch", is(2));
        given().contentType("application/json").body("{\"count\":5,\"conditions\":{\"colour\":\"grey\"}}")
                .post(MODEL + "/samples").then().statusCode(200).body(containsString("\"grey\""));
    }

    @Test
    void anAnswerShowsTheProgressOfEachEpoch() {
        List<String> lines = fit(SMALL + "&epochs=3&progress=true").statusCode(200).contentType("application/x-ndjson")
                .extract().asString().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(3)).contains("\"epoch\":3", "\"secondsLeft\":0.0");
        assertThat(lines.get(4)).contains("\"version\":1", "\"method\":\"ctgan\"");
    }

    @Test
    void aFitInTheBackgroundIsShownAndCancelled() {
        fit(SMALL + "&epochs=1000000&background=true").statusCode(202).header("Location", endsWith(MODEL + "/fit"));
        await().atMost(LONG).untilAsserted(
                () -> given().get(MODEL + "/fit").then().body("state", is("running")).body("secondsLeft", notNullValue()));
        fit(SMALL + "&background=true").statusCode(409);
        given().delete(MODEL + "/fit").then().statusCode(204);
        await().atMost(LONG).untilAsserted(() -> given().get(MODEL + "/fit").then().body("state", is("cancelled")));
        given().get(MODEL).then().statusCode(404);
        given().delete(MODEL + "/fit").then().statusCode(404);
    }

    @Test
    void optionsOfTrainingAreChecked() {
        fit(SMALL + "&pac=7").statusCode(422).body("field", is("batch_size"));
        fit(SMALL + "&epochs=many").statusCode(422).body("field", is("epochs"));
        fit("method=trees&epochs=5").statusCode(422).body("field", is("epochs"));
        fit(SMALL.replace("generator_dim=16", "generator_dim=60000,60000")).statusCode(422)
                .body("detail", containsString("half of the heap"));
    }

    @Test
    void aFitContinuesAfterARestart() throws IOException {
        Map<String, List<String>> query = Stream.of((SMALL + "&epochs=60").split("&")).map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1])));
        BlobStores stores = BlobStores.of(Optional.of(folder));
        FitStates states = new FitStates(stores);
        ModelFits before = new ModelFits(new Models(stores), states, new FitMemory(), replacement, Duration.ZERO);
        FitParameters parameters = FitParameters.of(query);
        before.begin("killed", before.read(new ByteArrayInputStream(TABLE), "text/csv", parameters), parameters, "text/csv",
                compressed());
        await().atMost(LONG).until(() -> states.checkpoint("killed") != null);
        before.stop();
        await().atMost(LONG).until(() -> !before.find("killed").orElseThrow().state().equals("running"));
        assertThat(states.models()).containsExactly("killed");

        Models models = new Models(stores);
        ModelFits after = new ModelFits(models, new FitStates(stores), new FitMemory(), replacement, Duration.ZERO);
        after.resume(new RestoreCompleted());
        await().atMost(LONG).until(() -> models.find("killed").isPresent());
        await().atMost(LONG).until(() -> states.models().isEmpty());

        SynthesisModel once = after.fit("once", after.read(new ByteArrayInputStream(TABLE), "text/csv", parameters), parameters,
                0, view -> {
                }).model();
        assertThat(file(models.find("killed").orElseThrow().model())).isEqualTo(file(once));
    }

    private static byte[] compressed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(TABLE);
        }
        return bytes.toByteArray();
    }

    private static byte[] file(SynthesisModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.toByteArray();
    }
}
