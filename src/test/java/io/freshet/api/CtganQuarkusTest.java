package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.freshet.model.FitMonitor;
import io.freshet.model.SynthesisModel;
import io.freshet.model.file.ModelFile;
import io.freshet.store.BlobStores;
import io.freshet.store.FitStates;
import io.freshet.store.Models;
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

    private static FitStates.Request request(int epochs) throws IOException {
        Map<String, List<String>> query = Stream.of((SMALL + "&epochs=" + epochs).split("&")).map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1])));
        return new FitStates.Request("text/csv", query, compressed());
    }

    private ModelFits fits(BlobStores stores, FitStates states) {
        return new ModelFits(new Models(stores), states, new FitMemory(), replacement, Duration.ZERO);
    }

    @Test
    void aFitContinuesAfterARestart() throws IOException {
        BlobStores stores = BlobStores.of(Optional.of(folder));
        FitStates states = new FitStates(stores);
        ModelFits before = fits(stores, states);
        before.begin("killed", request(60));
        await().atMost(LONG).until(() -> states.checkpoint("killed") != null);
        before.stop();
        await().atMost(LONG).until(() -> !before.find("killed").orElseThrow().state().equals("running"));
        assertThat(states.models()).containsExactly("killed");

        Models models = new Models(stores);
        ModelFits after = new ModelFits(models, new FitStates(stores), new FitMemory(), replacement, Duration.ZERO);
        after.resume();
        await().atMost(LONG).until(() -> models.find("killed").isPresent());
        await().atMost(LONG).until(() -> states.models().isEmpty());

        FitParameters parameters = FitParameters.of(request(60).query());
        SynthesisModel once = after.fit("once", after.read(new ByteArrayInputStream(TABLE), "text/csv", parameters), parameters,
                0, view -> {
                }).model();
        assertThat(file(models.find("killed").orElseThrow().model())).isEqualTo(file(once));
    }

    @Test
    void aFitIsTakenOverOnlyWhenItsOwnerIsSilent() throws IOException {
        Duration silence = Duration.ofSeconds(10);
        AtomicLong clock = new AtomicLong();
        BlobStores stores = BlobStores.of(Optional.of(folder));
        ModelFits owner = fits(stores, new FitStates(stores));
        ModelFits other = fits(stores, new FitStates(stores, clock::get));
        owner.begin("shared", request(1_000_000));
        assertThatThrownBy(() -> other.begin("shared", request(1))).hasMessageContaining("on another instance");

        for (int second = 0; second < 30; second++) {
            clock.addAndGet(1_000_000_000);
            owner.reconcile(silence);
            other.reconcile(silence);
            assertThat(other.find("shared")).isEmpty();
        }
        clock.addAndGet(silence.toNanos());
        other.reconcile(silence);
        assertThat(other.find("shared")).isPresent();

        owner.reconcile(silence);
        await().atMost(LONG).until(() -> owner.find("shared").isEmpty());
        assertThat(other.cancel("shared")).isTrue();
        await().atMost(LONG).until(() -> new FitStates(stores).models().isEmpty());
    }

    @Test
    void aFitThatItsOwnerLeavesIsTakenOverAtOnce() throws IOException {
        BlobStores stores = BlobStores.of(Optional.of(folder));
        ModelFits owner = fits(stores, new FitStates(stores));
        ModelFits other = fits(stores, new FitStates(stores));
        owner.begin("left", request(1_000_000));
        owner.stop();
        other.reconcile(Duration.ofDays(1));
        assertThat(other.find("left")).isPresent();
        other.stop();
        for (ModelFits fits : List.of(owner, other)) {
            await().atMost(LONG).until(() -> fits.find("left").orElseThrow().state().equals("cancelled"));
        }
    }

    @Test
    void trainingInTheBackgroundWaitsForTheMemoryOfOtherTrainings() throws IOException {
        BlobStores stores = BlobStores.of(Optional.empty());
        FitMemory memory = new FitMemory(16L << 20);
        Models models = new Models(stores);
        ModelFits fits = new ModelFits(models, new FitStates(stores), memory, replacement, Duration.ZERO);
        try (FitMonitor.Reservation other = memory.reserve(8L << 20)) {
            fits.begin("patient", request(1));
            await().atMost(LONG).until(() -> fits.find("patient").orElseThrow().state().equals("running"));
            assertThat(models.find("patient")).isEmpty();
        }
        await().atMost(LONG).until(() -> models.find("patient").isPresent());
        memory.reserve(8L << 20).close();
        memory.begin().close();
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
