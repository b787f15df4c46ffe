package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** Misspelt names are rejected and reported in addresses, bodies and messages. */
@QuarkusTest
class StrictRequestsQuarkusTest {

    private static final String SAMPLES = "/api/v1/models/strict/samples";

    @BeforeEach
    void fit() {
        given().contentType("text/csv").body("a,b\n1,x\n2,y\n3,x\n").put("/api/v1/models/strict").then()
                .statusCode(oneOf(200, 201));
    }

    @AfterEach
    void delete() {
        given().delete("/api/v1/models/strict");
    }

    @Test
    void noCallAcceptsAnUnknownParameterOrAnInvalidValue() {
        given().delete("/api/v1/dead-letters?straem=demo").then().statusCode(422).body("field", equalTo("straem"))
                .body("allowed", hasItem("stream")).body("detail", containsString("did you mean stream?"));
        given().delete("/api/v1/dead-letters").then().statusCode(422).body("field", equalTo("all"));
        given().post("/api/v1/dead-letters/replay?raeson=x").then().statusCode(422).body("field", equalTo("raeson"));
        given().get(SAMPLES + "?cuont=1").then().statusCode(422).body("type", equalTo("/problems/unknown-parameter"))
                .body("title", equalTo("Unknown query parameter"));
        given().contentType("text/csv").body("a\n1\n").put("/api/v1/models/x?Type.a=integer").then().statusCode(422)
                .body("field", equalTo("Type.a"));
        for (String path : List.of("recent/none?count=abc", "history/none?page=99999999999", "alerts/events?count=abc",
                "streams/none/buffer?count=x", "streams/none/windows?count=1.5", "streams/none/voxels?since=x")) {
            given().get("/api/v1/" + path).then().statusCode(422).body("field", oneOf("count", "page", "since"));
        }
        given().post("/api/v1/retail/events/receipt_created?seed=abc").then().statusCode(422).body("field", equalTo("seed"));
        given().get("/problems/unknown-parameter").then().statusCode(200).body("status", is(422));
    }

    @Test
    void bodiesAreParsedStrictly() {
        given().contentType("application/json").body("{\"condition\":{}}").post(SAMPLES).then().statusCode(422)
                .body("field", equalTo("condition")).body("detail", containsString("did you mean conditions?"));
        given().contentType("application/json").body("{\"count\":\"x\"}").post(SAMPLES).then().statusCode(422)
                .body("field", equalTo("count")).body("detail", equalTo("count must be a whole number"));
        for (String path : List.of(SAMPLES, "/api/v1/streams", "/api/v1/models/a/fit-from-topic", "/api/v1/streams/a/seek")) {
            given().contentType("application/json").body("[".repeat(2000)).post(path).then()
                    .statusCode(oneOf(400, 404, 422))
                    .body("detail", not(containsString("Stream")));
        }
        given().contentType("application/json").body("{\"topic\":\"t\",\"form\":\"now\"}")
                .post("/api/v1/models/a/fit-from-topic").then().statusCode(422).body("field", equalTo("form"));
        given().contentType("multipart/form-data; boundary=x").body("--x--\r\n".getBytes(StandardCharsets.US_ASCII))
                .post("/api/v1/models/strict/evaluate").then()
                .statusCode(oneOf(400, 422)).contentType("application/problem+json");
        given().contentType("multipart/form-data; boundary=x").body("--x\r\nContent\nname\r\n\r\na\r\n--x--\r\n"
                .getBytes(StandardCharsets.US_ASCII)).post("/api/v1/models/strict/evaluate").then().statusCode(400)
                .body("type", equalTo("/problems/malformed-request"));
        given().contentType("text/plain").body("x").post("/api/v1/streams").then().statusCode(415)
                .body("allowed", hasItem("application/yaml")).body("allowed", not(hasItem("text/csv")));
    }

    @Test
    void aStreamThatHasEndedCanNeitherBePausedNorResumed() {
        given().contentType("application/yaml")
                .body("{name: ended, source: {pattern: {}}, pace: {maxRecords: 1}, sinks: [{websocket: {}}]}"
                        .getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/streams").then().statusCode(201);
        await().until(() -> given().get("/api/v1/streams/ended").path("state").equals("completed"));
        for (String change : List.of("pause", "resume")) {
            given().post("/api/v1/streams/ended/" + change).then().statusCode(409).body("type", equalTo("/problems/conflict"))
                    .body("detail", containsString("ended is completed"));
        }
        given().delete("/api/v1/streams/ended").then().statusCode(204);
    }

    @Test
    void aFailedRequestOfTheFirstDialectEndsWithTheStatusComplete() throws Exception {
        given().contentType("text/csv").body("a,b\n1,x\n2,y\n3,x\n").put("/api/v1/models/second").then()
                .statusCode(oneOf(200, 201));
        try (SocketClient client = new SocketClient(RestAssured.port, "/")) {
            client.send("{\"action\":\"generate\",\"count\":1000,\"batch_size\":100}");
            JsonNode answer = client.receive();
            assertThat(answer.get("error").asText()).contains("strict", "second");
            assertThat(answer.get("status").asText()).isEqualTo("complete");
            assertThat(answer.get("records")).isEmpty();
            client.send("{\"action\":\"generate\",\"n_samples\":5}");
            assertThat(client.receive().has("status")).as("the other dialect knows no status").isFalse();
        }
        given().delete("/api/v1/models/second").then().statusCode(204);
    }

    @Test
    void socketsRejectUnknownFieldsAndParameters() throws Exception {
        try (SocketClient client = new SocketClient(RestAssured.port, "/")) {
            client.send("{\"action\":\"generate\",\"count\":5,\"model\":\"strict\",\"condition\":{\"b\":\"x\"}}");
            assertThat(client.receive().get("error").asText()).contains("unknown field condition; did you mean conditions?");
            client.send("{\"action\":\"generate\",\"n_samples\":5,\"model\":\"strict\",\"batch_size\":5}");
            assertThat(client.receive().get("error").asText()).contains("batch_size");
        }
        try (SocketClient client = new SocketClient(RestAssured.port, "/streams/none?stratgy=sample")) {
            assertThat(client.receive().get("error").asText()).contains("did you mean strategy?");
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    /** Runs the command in a shell against this service. */
    @Test
    void theConstraintExampleOfTheReadmeIsACommandThatWorks(@TempDir Path folder) throws Exception {
        try (InputStream table = StrictRequestsQuarkusTest.class.getResourceAsStream("/samples/birdstrikes.csv")) {
            Files.copy(table, folder.resolve("birdstrikes.csv"));
        }
        String command = example("curl -X PUT -H 'Content-Type: text/csv' --data-binary @birdstrikes.csv")
                .replace("localhost:8765", "localhost:" + RestAssured.port);
        Process curl = new ProcessBuilder("sh", "-c", command + " -s -w '%{http_code}'").directory(folder.toFile())
                .redirectErrorStream(true).start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeThat(curl.waitFor(1, TimeUnit.MINUTES) && curl.exitValue() == 127).as("there is no curl").isFalse();

        assertThat(answer).matches("(?s).*20[01]");
        given().delete("/api/v1/models/birds").then().statusCode(204);
    }

    private static String example(String start) throws IOException {
        String page = Files.readString(Path.of("src/main/docs/how-to/keep-types.md"));
        int from = page.indexOf(start);
        assertThat(from).as("the page has the example").isNotNegative();
        return page.substring(from, page.indexOf("\n```", from));
    }
}
