package io.freshet.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** The main use cases as a client sees them: over real HTTP, real sockets and a real broker. */
@QuarkusTest
@WithTestResource(KafkaServer.class)
class MainJobQuarkusTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SAMPLES = "/api/v1/models/birds/samples";

    @BeforeEach
    void fit() throws IOException {
        fit("");
    }

    private static void fit(String query) throws IOException {
        try (InputStream csv = MainJobQuarkusTest.class.getResourceAsStream("/samples/birdstrikes.csv")) {
            given().contentType("text/csv").body(csv.readAllBytes()).put("/api/v1/models/birds" + query).then()
                    .statusCode(org.hamcrest.Matchers.oneOf(200, 201)).body("rows", is(2000)).body("columns.size()", is(14))
                    .body("columns.find { it.name == 'Flight Date' }.type", equalTo("datetime"));
        }
    }

    @Test
    void modelsAreListedExportedAndDeleted() {
        given().contentType("text/csv").body("a,b\n1,x\n2,y\n3,x\n")
                .put("/api/v1/models/small?method=independent&type.a=categorical&strata=none")
                .then().statusCode(201).body("version", is(1)).body("method", equalTo("independent"))
                .body("columns[0].type", equalTo("categorical"));
        given().contentType("application/json").body("[{\"a\":1},{\"a\":2}]").put("/api/v1/models/small").then()
                .statusCode(200).body("version", is(2));
        given().get("/api/v1/models").then().body("name", hasItem("small"));
        String file = given().get("/api/v1/models/small/file").then().statusCode(200).extract().asString();
        given().contentType("application/json").body(file).put("/api/v1/models/copy/file").then().statusCode(201);
        assertThat(given().get("/api/v1/models/copy/samples?count=5&seed=1").asString())
                .isEqualTo(given().get("/api/v1/models/small/samples?count=5&seed=1").asString());
        given().delete("/api/v1/models/small").then().statusCode(204);
        given().delete("/api/v1/models/copy").then().statusCode(204);
        given().get("/api/v1/models/small").then().statusCode(404).contentType("application/problem+json")
                .body("detail", containsString("small"));
    }

    @Test
    void samplesAreTheSameBytesForTheSameSeedAndOffset() throws IOException {
        String all = given().get(SAMPLES + "?count=1000&seed=7").asString();
        List<String> lines = all.lines().toList();
        assertThat(lines).hasSize(1000);
        String tail = given().get(SAMPLES + "?count=100&seed=7&offset=900").asString();
        assertThat(tail.lines().toList()).isEqualTo(lines.subList(900, 1000));
        JsonNode array = MAPPER.readTree(given().get(SAMPLES + "?count=1000&seed=7&format=json").asString());
        assertThat(array).hasSize(1000);
        assertThat(array.get(17)).isEqualTo(MAPPER.readTree(lines.get(17)));
        assertThat(given().get(SAMPLES + "?count=10&seed=7&format=csv").asString().lines()).hasSize(11);
        assertThat(MAPPER.readTree(given().get(SAMPLES + "?count=0&format=json").asString())).isEmpty();
    }

    @Test
    void samplesSatisfyConditions() throws IOException {
        var response = given().contentType("application/json")
                .body("{\"count\":50,\"seed\":1,\"conditions\":{\"Wildlife Size\":\"Large\",\"Cost Total $\":{\"gte\":1000}}}")
                .post(SAMPLES);
        assertThat(Double.parseDouble(response.header("X-Freshet-Condition-Probability"))).isBetween(.0001, .5);
        for (String line : response.asString().lines().toList()) {
            JsonNode record = MAPPER.readTree(line);
            assertThat(record.get("Wildlife Size").asText()).isEqualTo("Large");
            assertThat(record.get("Cost Total $").asLong()).isGreaterThanOrEqualTo(1000);
        }
    }

    @Test
    void everyErrorIsAProblemDetailThatNamesTheField() {
        given().contentType("text/csv").body("a\n1\n").put("/api/v1/models/x?method=magic").then().statusCode(422)
                .body("field", equalTo("method")).body("allowed", hasItem("gaussian_copula"));
        given().contentType("text/csv").body("a\n1\n").put("/api/v1/models/x?strata=maybe").then().statusCode(422)
                .body("field", equalTo("strata")).body("allowed", hasItem("none"));
        given().contentType("text/csv").body("a,b\n1,2\n4,3\n").queryParam("constraint", "a <= b").put("/api/v1/models/x")
                .then()
                .statusCode(422).body("field", equalTo("constraint")).body("detail", containsString("row 2"));
        given().contentType("text/csv").body("a,b\n1,2\n4,5\n").queryParam("constraint", "a <= b", "b > 0")
                .put("/api/v1/models/x").then().statusCode(201).body("columns[1].greatest", equalTo("5"));
        given().delete("/api/v1/models/x").then().statusCode(204);
        given().contentType("text/csv").body("a,b\n1\n").put("/api/v1/models/x").then().statusCode(422)
                .body("detail", containsString("line 2"));
        given().contentType("text/csv").body("").put("/api/v1/models/x").then().statusCode(422);
        given().contentType("text/plain").body("x").put("/api/v1/models/x").then().statusCode(415)
                .body("allowed", hasItem("text/csv"));
        given().get(SAMPLES + "?count=-1").then().statusCode(422).body("field", equalTo("count"));
        given().get(SAMPLES + "?count=many").then().statusCode(422).body("field", equalTo("count"));
        given().get(SAMPLES + "?format=xml").then().statusCode(422).body("allowed", hasItem("csv"));
        given().contentType("application/json").body("{\"conditions\":{\"Wildlife Size\":\"Huge\"}}").post(SAMPLES).then()
                .statusCode(422).body("field", equalTo("conditions.Wildlife Size"));
        given().contentType("application/json").body("{\"cuont\":1}").post(SAMPLES).then().statusCode(422)
                .body("field", equalTo("cuont"));
        given().contentType("application/json").body("{").post(SAMPLES).then().statusCode(400);
        given().get("/api/v1/nothing").then().statusCode(404).contentType("application/problem+json");
        given().contentType("application/json")
                .body("{\"name\":\"s\",\"source\":{\"model\":\"none\"},\"sinks\":[{\"websocket\":{}}]}")
                .post("/api/v1/streams").then().statusCode(422).body("field", equalTo("source.model"));
        given().contentType("application/json")
                .body("{\"name\":\"s\",\"source\":{\"model\":\"birds\"},\"sinks\":[{\"file\":{\"path\":\"../../etc/x\"}}]}")
                .post("/api/v1/streams").then().statusCode(422).body("field", equalTo("sinks[0].file.path"));
        given().contentType("application/json")
                .body("{\"name\":\"s\",\"source\":{\"model\":\"birds\"},\"sinks\":[{\"kafka\":{\"topic\":\"t\",\"key\":\"No\"}}]}")
                .post("/api/v1/streams").then().statusCode(422).body("field", equalTo("sinks[0].kafka.key"));
    }

    @Test
    void aStreamDeliversEveryRecordToARealTopic() throws IOException {
        int records = 20_000;
        fit("");
        create("""
                name: to-kafka
                source: { model: birds, seed: 42 }
                pace: { batchSize: 500, maxRecords: %d }
                sinks:
                  - kafka: { topic: birds-out, key: Airport Name }
                """.formatted(records));
        awaitState("to-kafka", "completed");
        TopicTally tally = TopicTally.of("birds-out", records, "Airport Name",
                List.of("_batch_id", "Wildlife Size", "Phase of flight", "Airport Name"));
        assertThat(tally.messages()).isEqualTo(records);
        assertThat(tally.wrongKeys()).isZero();
        assertThat(tally.counts("_batch_id").keySet()).isEqualTo(
                IntStream.rangeClosed(1, records / 500).mapToObj("batch-%06d"::formatted).collect(Collectors.toSet()));
        assertThat(tally.counts("_batch_id").values()).containsOnly(500);
        for (String field : List.of("Wildlife Size", "Phase of flight", "Airport Name")) {
            Map<String, Float> shares = given().get("/api/v1/models/birds")
                    .path("columns.find { it.name == '" + field + "' }.shares");
            assertThat(shares).isNotEmpty().allSatisfy((value, share) -> assertThat(tally.share(field, value)).as(value)
                    .isCloseTo(share, within(.01)));
        }
        given().get("/api/v1/streams/to-kafka/statistics").then().body("totalSamples", is(records))
                .body("totalBatches", is(records / 500)).body("sinks[0].delivered", is(records)).body("inFlight", is(0));
        given().get("/api/v1/recent/to-kafka?count=5").then().body("count", is(5)).body("records.size()", is(5));
        given().get("/q/metrics").then().body(containsString("freshet_stream_records_total"));
        given().delete("/api/v1/streams/to-kafka").then().statusCode(204);
        given().get("/api/v1/streams/to-kafka").then().statusCode(404);
    }

    @Test
    void aStreamIsPausedResumedStoppedAndFollowed() throws Exception {
        create("""
                name: paced
                source: { pattern: { seed: 1 } }
                pace: { recordsPerSecond: 200, batchSize: 20 }
                sinks: [ { websocket: {} }, { file: { path: paced.ndjson } } ]
                """);
        try (SocketClient follower = new SocketClient(RestAssured.port, "/streams/paced")) {
            JsonNode first = follower.receive();
            assertThat(first.get("records").get(0).get("event_type").asText()).isNotEmpty();
            given().post("/api/v1/streams/paced/pause").then().body("state", equalTo("paused"));
            given().post("/api/v1/streams/paced/resume").then().body("state", equalTo("running"));
            assertThat(follower.receive().get("stream").asText()).isEqualTo("paced");
            given().contentType("application/json")
                    .body("{\"name\":\"paced\",\"source\":{\"pattern\":{}},\"sinks\":[{\"websocket\":{}}]}")
                    .post("/api/v1/streams").then().statusCode(409).body("field", equalTo("name"));
            given().post("/api/v1/streams/paced/stop").then().statusCode(200);
            awaitState("paced", "stopped");
            assertThat(follower.closeCode()).isEqualTo(1000);
        }
        given().delete("/api/v1/streams/paced").then().statusCode(204);
    }

    @Test
    void followingAnUnknownStreamIsAnError() throws Exception {
        try (SocketClient client = new SocketClient(RestAssured.port, "/streams/nothing")) {
            assertThat(client.receive().get("error").asText()).contains("unknown stream nothing");
        }
        try (SocketClient client = new SocketClient(RestAssured.port, "/streams/nothing?strategy=wait")) {
            assertThat(client.receive().get("error").asText()).contains("drop_oldest");
        }
    }

    @Test
    void bothPathsSupportBothDialects() throws Exception {
        for (String path : List.of("/", "/synthetic")) {
            try (SocketClient client = new SocketClient(RestAssured.port, path)) {
                client.send("{\"action\":\"generate\",\"count\":1000,\"batch_size\":100,\"model\":\"birds\"}");
                List<JsonNode> records = new ArrayList<>();
                JsonNode message = client.receive();
                while (!message.path("status").asText().equals("complete")) {
                    message.get("records").forEach(records::add);
                    message = client.receive();
                }
                assertThat(message.get("records")).isEmpty();
                assertThat(records).hasSize(1000);
                client.send("{\"action\":\"generate\",\"n_samples\":7,\"model\":\"birds\"}");
                message = client.receive();
                assertThat(message.get("action").asText()).isEqualTo("data");
                assertThat(message.get("data")).hasSize(7);
                client.send("{\"action\":\"stream\",\"n_batches\":3,\"batch_size\":4,\"model\":\"birds\"}");
                for (int i = 0; i < 3; i++) {
                    message = client.receive();
                    assertThat(message.get("action").asText()).isEqualTo("batch");
                    assertThat(message.get("n_samples").asInt()).isEqualTo(4);
                }
                assertThat(client.receive().get("action").asText()).isEqualTo("complete");
                client.send("{\"action\":\"stats\"}");
                assertThat(client.receive().get("total_samples").asLong()).isGreaterThanOrEqualTo(1019);
            }
        }
    }

    @Test
    void whateverAClientSendsTheConnectionStaysOpen() throws Exception {
        try (SocketClient client = new SocketClient(RestAssured.port, "/synthetic")) {
            for (String wrong : List.of("garbage", "[]", "{}", "{\"action\":7}", "{\"action\":\"dance\"}",
                    "{\"action\":\"generate\",\"count\":-5}", "{\"action\":\"generate\",\"count\":1e99}",
                    "{\"action\":\"generate\",\"count\":5,\"model\":\"none\"}", "{\"action\":\"stream\",\"n_batches\":0}",
                    "{\"action\":\"generate\",\"conditions\":7,\"model\":\"birds\"}",
                    "{\"action\":\"generate\",\"count\":5,\"model\":\"birds\",\"conditions\":{\"Colour\":\"red\"}}",
                    "{\"action\":\"" + "x".repeat(100_000) + "\"}")) {
                client.send(wrong);
                JsonNode answer = client.receive();
                assertThat(answer.get("action").asText()).isEqualTo("error");
                assertThat(answer.get("error").asText()).isNotEmpty();
            }
            client.send("{\"action\":\"generate\",\"n_samples\":1,\"model\":\"birds\"}");
            assertThat(client.receive().get("data")).hasSize(1);
        }
    }

    @Test
    void theHundredAndFirstConnectionOfAnyKindIsRejectedWithAReason() throws Exception {
        List<SocketClient> clients = new ArrayList<>();
        create("{name: crowded, source: {pattern: {}}, pace: {recordsPerSecond: 1}, sinks: [{websocket: {}}]}");
        List<String> paths = List.of("/", "/synthetic", "/streams/crowded", "/alerts");
        try {
            for (int i = 0; i < 100; i++) {
                clients.add(new SocketClient(RestAssured.port, paths.get(i % paths.size())));
            }
            for (String path : paths) {
                SocketClient last = new SocketClient(RestAssured.port, path);
                clients.add(last);
                assertThat(last.receive().get("error").asText()).contains("100 connections");
                assertThat(last.closeCode()).isEqualTo(1013);
            }
        } finally {
            clients.forEach(SocketClient::close);
            given().delete("/api/v1/streams/crowded");
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            try (SocketClient client = new SocketClient(RestAssured.port, "/")) {
                client.send("{\"action\":\"stats\"}");
                assertThat(client.receive().get("action").asText()).isEqualTo("stats");
            }
        });
    }

    @Test
    void healthAndTheDescriptionOfTheApiAreAvailable() {
        for (String probe : List.of("live", "ready", "started", "well")) {
            given().get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
        }
        given().accept("application/json").get("/q/openapi?format=json").then().statusCode(200)
                .body("paths.size()", org.hamcrest.Matchers.greaterThan(8));
        given().get("/q/swagger-ui/").then().statusCode(200);
        given().get("/").then().statusCode(200).body(containsString("/q/swagger-ui/"));
    }

    private static void create(String yaml) {
        given().contentType("application/yaml").body(yaml.getBytes(StandardCharsets.UTF_8)).post("/api/v1/streams").then()
                .statusCode(201);
    }

    private static void awaitState(String stream, String state) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().get("/api/v1/streams/" + stream).path("state").equals(state));
    }
}
