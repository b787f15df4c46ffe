package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Pausing, changing and deleting streams, and the models they use, over HTTP. */
@QuarkusTest
class StreamChangesQuarkusTest {

    private static final String STREAM = "/api/v1/streams/changing";
    private static final String MODEL = "/api/v1/models/used";
    private static final String ROWS = "colour,size\n" + "red,1\nblue,2\n".repeat(50);

    private static void start(String source, String pace) {
        given().contentType("application/yaml")
                .body(bytes("{name: changing, source: %s, pace: %s, sinks: [websocket: {}]}".formatted(source, pace)))
                .post("/api/v1/streams").then().statusCode(201);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ValidatableResponse patch(String json) {
        return given().contentType("application/merge-patch+json").body(bytes(json)).patch(STREAM).then();
    }

    private static long position() {
        return given().get(STREAM).path("statistics.position") instanceof Number position ? position.longValue() : -1;
    }

    private static ValidatableResponse fit(String csv, String query) {
        return given().contentType("text/csv").body(csv).put(MODEL + query).then();
    }

    @AfterEach
    void clean() {
        given().delete(STREAM);
        given().delete(MODEL);
    }

    @Test
    void aStreamWithShardsIsSeenAndControlledAsAWhole() {
        String definition = "{name: changing, shards: 4, source: {pattern: {}}, pace: {batchSize: 10, maxRecords: 95},"
                + " sinks: [websocket: {}]}";
        given().contentType("application/yaml").body(bytes(definition)).post("/api/v1/streams").then().statusCode(201)
                .body("name", equalTo("changing")).body("definition.name", equalTo("changing"))
                .body("shards.size()", equalTo(4));
        await().until(() -> given().get(STREAM).path("state").equals("completed"));

        given().get(STREAM).then().body("shards.records", contains(30, 25, 20, 20)).body("statistics.position", equalTo(95));
        given().get(STREAM + "/statistics").then().body("totalSamples", equalTo(95)).body("sinks[0].delivered", equalTo(95));
        given().get(STREAM + "/health").then().body("status", equalTo("healthy"));
        given().get(STREAM + "~2").then().body("statistics.totalSamples", equalTo(20));
        given().get("/api/v1/streams").then().body("name", hasItem("changing")).body("name", not(hasItem("changing~0")));
        given().contentType("application/yaml").body(bytes(definition)).post("/api/v1/streams").then().statusCode(409);
        given().contentType("application/yaml").body(bytes(definition.replace("shards: 4, ", ""))).post("/api/v1/streams")
                .then()
                .statusCode(409);
        given().post(STREAM + "/pause").then().statusCode(409);
        patch("{\"pace\": {\"recordsPerSecond\": 5}}").statusCode(409);

        given().delete(STREAM).then().statusCode(204);
        given().get(STREAM).then().statusCode(404);
        given().get(STREAM + "~0").then().statusCode(404);
    }

    @Test
    void aStreamThatHasEndedCanBeStoppedAgainButNeitherPausedNorResumed() {
        start("{pattern: {}}", "{maxRecords: 5}");
        await().until(() -> given().get(STREAM).path("state").equals("completed"));

        given().post(STREAM + "/pause").then().statusCode(409).body("detail", containsString("is completed"));
        given().post(STREAM + "/resume").then().statusCode(409);
        given().post(STREAM + "/stop").then().statusCode(200);
        patch("{\"pace\": {\"maxRecords\": 9}}").statusCode(409);
    }

    @Test
    void aNameThatIsTakenIsAConflict() {
        start("{pattern: {}}", "{recordsPerSecond: 10}");

        given().contentType("application/yaml").body(bytes("{name: changing, source: {pattern: {}}, sinks: [websocket: {}]}"))
                .post("/api/v1/streams").then().statusCode(409).body("field", equalTo("name"));
    }

    @Test
    void aPausedStreamContinuesWhenItIsResumed() {
        start("{pattern: {}}", "{recordsPerSecond: 1000}");
        given().post(STREAM + "/pause").then().statusCode(200).body("state", equalTo("paused"));
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("stream-changing")));
        long paused = position();

        given().post(STREAM + "/resume").then().statusCode(200).body("state", equalTo("running"));

        await().until(() -> position() > paused);
    }

    @Test
    void aRunningStreamGetsAnotherPaceAndLimitAndKeepsItsPosition() {
        start("{pattern: {}}", "{recordsPerSecond: 500, maxRecords: 1000000}");
        await().until(() -> position() > 100);
        long before = position();

        patch("{\"pace\": {\"recordsPerSecond\": null, \"maxRecords\": 20000}}").statusCode(200)
                .body("definition.pace.maxRecords", equalTo(20_000)).body("state", equalTo("running"));

        assertThat(position()).isGreaterThanOrEqualTo(before);
        await().atMost(Duration.ofSeconds(20)).until(() -> given().get(STREAM).path("state").equals("completed"));
        assertThat(position()).isEqualTo(20_000);
    }

    @Test
    void aPausedStreamStaysPausedWhenItIsChanged() {
        start("{pattern: {}}", "{recordsPerSecond: 500}");
        given().post(STREAM + "/pause").then().statusCode(200);

        patch("{\"pace\": {\"recordsPerSecond\": 5}}").statusCode(200).body("state", equalTo("paused"));
    }

    @Test
    void aStageThatKeepsNothingIsMendedWhereTheStreamIs() {
        given().contentType("application/yaml").body(bytes("{name: changing, source: {pattern: {}}, stages: [{filter: "
                + "{field: sequence, op: less_than, value: 0}}], pace: {recordsPerSecond: 500}, sinks: [websocket: {}]}"))
                .post("/api/v1/streams").then().statusCode(201);
        await().until(() -> position() > 100);
        long before = position();

        patch("{\"stages\": [{\"filter\": {\"field\": \"sequence\", \"op\": \"greater_than\", \"value\": 0}}]}")
                .statusCode(200);

        assertThat(position()).isGreaterThanOrEqualTo(before);
        await().until(() -> given().get(STREAM).path("statistics.sinks[0].delivered") instanceof Number sent
                && sent.longValue() > 0);
        patch("{\"stages\": null}").statusCode(200);
        assertThat(position()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void anUnsupportedChangeIsRejectedAndTheStreamContinues() {
        start("{pattern: {seed: 1}}", "{recordsPerSecond: 50}");

        patch("{\"source\": {\"pattern\": {\"seed\": 2}}}").statusCode(409).body("detail", containsString("source"));
        patch("{\"name\": \"other\"}").statusCode(422).body("field", equalTo("name"));
        patch("{\"pace\": {\"recordsPerSecond\": -1}}").statusCode(422).body("field", equalTo("pace.recordsPerSecond"));
        patch("{\"sinks\": null}").statusCode(422);

        given().get(STREAM).then().body("state", equalTo("running")).body("definition.source.pattern.seed", equalTo(1));
    }

    @Test
    void aWholeDefinitionContinuesTheStreamOrBeginsItAgainByForce() {
        start("{pattern: {seed: 1}}", "{recordsPerSecond: 500}");
        await().until(() -> position() > 100);

        put("{name: changing, source: {pattern: {seed: 1}}, pace: {recordsPerSecond: 0.001}, sinks: [websocket: {}]}", "")
                .statusCode(200).body("definition.pace.recordsPerSecond", equalTo(0.001f));
        assertThat(position()).isGreaterThan(100);

        String other = "{name: changing, source: {pattern: {seed: 2}}, pace: {recordsPerSecond: 0.001}, sinks: [websocket: {}]}";
        put(other, "").statusCode(409).body("detail", containsString("source"));
        put(other, "?force=true").statusCode(200).body("definition.source.pattern.seed", equalTo(2));
        assertThat(position()).isLessThan(100);
        put(other.replace("changing", "other"), "").statusCode(422).body("field", equalTo("name"));
        put("{name: changing, source: {model: none-such}, sinks: [websocket: {}]}", "?force=true").statusCode(422);
        given().get(STREAM).then().body("state", equalTo("running"));
    }

    private static ValidatableResponse put(String yaml, String query) {
        return given().contentType("application/yaml").body(bytes(yaml)).put(STREAM + query).then();
    }

    @Test
    void aModelThatAStreamUsesIsOnlyDeletedByForce() {
        fit(ROWS, "").statusCode(201);
        start("{model: used}", "{recordsPerSecond: 5}");

        given().delete(MODEL).then().statusCode(409).body("detail", containsString("changing"));
        given().get(MODEL).then().statusCode(200);
        given().delete(MODEL + "?force=true").then().statusCode(204);
    }

    @Test
    void aModelWithOtherColumnsOnlyReplacesOneThatAStreamUsesByForce() {
        fit(ROWS, "").statusCode(201);
        start("{model: used, conditions: {colour: red}}", "{recordsPerSecond: 5}");

        fit(ROWS.replace("colour", "shade"), "").statusCode(409).body("detail", containsString("changing"));
        fit(ROWS.replace("red", "green"), "").statusCode(409);
        given().get(MODEL).then().body("version", equalTo(1));
        fit(ROWS, "").statusCode(200).body("version", equalTo(2));
        fit(ROWS.replace("colour", "shade"), "?force=true").statusCode(200).body("version", equalTo(3));
    }
}
