package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.freshet.stream.definition.StreamDefinition;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

/** Records that clients push into a stream with a real broker. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class PushQuarkusTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String JSON = "application/json";

    @Inject
    Streams streams;

    RestartableBroker broker;

    @AfterEach
    void delete() {
        streams.delete("pushed");
    }

    private static void start(String source, String stages, String sinks) {
        given().contentType("application/yaml").body("""
                name: pushed
                source: {http: %s}
                stages: %s
                sinks: %s
                """.formatted(source, stages, sinks).getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(201);
    }

    private static ValidatableResponse push(String query, String type, String body) {
        return response(query, type, body).then();
    }

    private static Response response(String query, String type, String body) {
        return given().contentType(type).body(body.getBytes(UTF_8)).post("/api/v1/streams/pushed/records" + query);
    }

    private List<String> topic(String name, int records) {
        return TopicReader.read(broker.bootstrapServers(), name, records).stream().map(ConsumerRecord::value).toList();
    }

    private static String lines(int records) {
        return IntStream.range(0, records).mapToObj("{\"n\":%d}"::formatted).collect(Collectors.joining("\n"));
    }

    @Test
    void deliversAnObjectAnArrayAndLinesToATopicAndReportsTheirDelivery() {
        start("{}", "[]", "[{kafka: {topic: pushed-all}}]");

        push("?wait", JSON, "{\"n\": 1.50, \"o\": {\"deep\": [1, null]}}").statusCode(200).body("accepted", is(1))
                .body("complete", is(true)).body("processed", is(1)).body("failed", is(0)).body("failures", hasSize(0))
                .body("milliseconds", greaterThan(0f));
        push("?wait=20s", JSON, "[{\"n\": 2}, {\"n\": 3}]").statusCode(200).body("processed", is(2));
        push("?wait=20s", NDJSON, "{\"n\":4}\n\n{\"n\":5}\r\n").statusCode(200).body("processed", is(2));

        assertThat(topic("pushed-all", 5)).containsExactlyInAnyOrder("{\"n\":1.50,\"o\":{\"deep\":[1,null]}}", "{\"n\":2}",
                "{\"n\":3}", "{\"n\":4}", "{\"n\":5}");
        given().get("/api/v1/streams/pushed/statistics").then().body("totalSamples", is(5)).body("source.http.records", is(5))
                .body("source.http.buffered", is(0));
    }

    @Test
    void acceptsWithoutWaiting() {
        start("{}", "[]", "[{kafka: {topic: pushed-later}}]");

        push("", NDJSON, lines(2_000)).statusCode(202).body("accepted", is(2_000)).body("processed", nullValue());

        assertThat(topic("pushed-later", 2_000)).hasSize(2_000);
    }

    @Test
    void listsTheRecordsThatBecameDeadLetters() {
        start("{}", "[expect: {checks: [{name: positive, that: {field: n, op: greater_than, value: 0}}]}]",
                "[{kafka: {topic: pushed-checked}}]");

        push("?wait=20s", JSON, "[{\"n\":1},{\"n\":-1},{\"n\":2},{\"n\":-2}]").statusCode(200).body("processed", is(2))
                .body("failed", is(2)).body("failures.record", is(List.of(1, 3)))
                .body("failures[0].reason", containsString("positive"));

        assertThat(topic("pushed-checked", 2)).hasSize(2);
        given().get("/api/v1/dead-letters?stream=pushed").then().body("size()", is(2));
    }

    @Test
    void acceptsNoRecordOfARequestWithAnInvalidOne() {
        start("{}", "[]", "[{kafka: {topic: pushed-none}}]");

        push("", JSON, "[{\"n\":1},[2]]").statusCode(422).body("field", is("records[1]"))
                .body("detail", containsString("record 1 is not a JSON object"));
        push("", JSON, "7").statusCode(422).body("field", is("records[0]"));
        push("", JSON, "[]").statusCode(422).body("field", is("body"));
        push("", JSON, "[{\"n\":1},{\"n\":").statusCode(400).body("field", is("records[1]"));
        push("", JSON, "[{\"n\":1},{\"n\":1,\"n\":2}]").statusCode(400).body("field", is("records[1]"));
        push("", JSON, "{\"n\":1}\n{\"n\":2}").statusCode(400).body("detail", containsString("application/x-ndjson"));
        push("", NDJSON, "{\"n\":1}\nnothing\n").statusCode(422).body("field", is("records[1]"));
        push("?wait=forever", JSON, "{\"n\":1}").statusCode(422).body("field", is("wait"));
        push("?wait=6m", JSON, "{\"n\":1}").statusCode(422).body("field", is("wait"));
        push("?weit", JSON, "{\"n\":1}").statusCode(422).body("field", is("weit"));
        push("", "text/csv", "n\n1\n").statusCode(415);

        given().get("/api/v1/streams/pushed/statistics").then().body("source.http.records", is(0));
    }

    @Test
    void answersTooManyRequestsWhileTheSinksHoldTheBufferFull() {
        start("{buffer: 10}", "[]", "[{kafka: {topic: pushed-full}}]");
        broker.stop();
        try {
            push("", NDJSON, lines(11)).statusCode(413).body("detail", containsString("10 records"));
            push("", NDJSON, lines(8)).statusCode(202);
            push("", NDJSON, lines(3)).statusCode(429).header("Retry-After", "1").body("status", is(429));
            push("?wait=200ms", NDJSON, lines(2)).statusCode(202).body("accepted", is(2)).body("complete", is(false));
            given().get("/api/v1/streams/pushed/statistics").then().body("source.http.utilisation", is(1f))
                    .body("source.http.refused", is(1));
            given().get("/q/health/well").then().body("checks.find { it.name == 'buffers' }.data.usedBytes", greaterThan(0))
                    .body("checks.find { it.name == 'resources' }.status", is("UP"));
            Number heap = given().get("/q/health/well").path("checks.find { it.name == 'resources' }.data.heapMaxBytes");
            assertThat(heap.longValue()).isPositive();
        } finally {
            broker.startAgain();
        }

        assertThat(topic("pushed-full", 10)).hasSize(10);
        await().atMost(Duration.ofSeconds(60)).until(() -> response("", JSON, "{\"n\":1}").statusCode() == 202);
    }

    @Test
    void pausedAndEndedStreamsAndThoseWithOtherSourcesAcceptNoRecords() {
        start("{}", "[]", "[websocket: {}]");
        given().post("/api/v1/streams/pushed/pause").then().statusCode(200);
        push("", JSON, "{\"n\":1}").statusCode(409).body("detail", containsString("paused"));
        given().post("/api/v1/streams/pushed/resume").then().statusCode(200);
        push("?wait=20s", JSON, "{\"n\":1}").statusCode(200);

        given().post("/api/v1/streams/pushed/stop").then().statusCode(200);
        push("", JSON, "{\"n\":1}").statusCode(409).body("detail", containsString("stopped"));

        streams.delete("pushed");
        push("", JSON, "{\"n\":1}").statusCode(404);
        streams.create(StreamDefinition.parse(Definitions.yaml(
                "{name: pushed, source: {pattern: {}}, pace: {recordsPerSecond: 1}, sinks: [websocket: {}]}")));
        push("", JSON, "{\"n\":1}").statusCode(409).body("detail", containsString("source is not http"));
    }

    @Test
    void waitingClientsAreNotifiedOfTheEndOfTheStream() {
        start("{}", "[]", "[{kafka: {topic: pushed-end}}]");
        broker.stop();
        try {
            CompletableFuture<Response> waiting = CompletableFuture.supplyAsync(() -> response("?wait=60s", JSON, "{\"n\":1}"));
            await().until(() -> given().get("/api/v1/streams/pushed/statistics").path("source.http.records").equals(1));
            streams.delete("pushed");

            waiting.join().then().statusCode(200).body("failed", is(1)).body("failures[0].component", is("stream"));
        } finally {
            broker.startAgain();
        }
    }

    @Test
    void aChangedStreamKeepsItsAcceptedRecords() {
        start("{}", "[]", "[{kafka: {topic: pushed-before}}]");
        push("?wait=20s", JSON, "{\"n\":1}").statusCode(200);
        broker.stop();
        try {
            push("", NDJSON, lines(3)).statusCode(202);
            given().contentType("application/merge-patch+json").body("{\"sinks\":[{\"websocket\":{}}]}")
                    .patch("/api/v1/streams/pushed").then().statusCode(200);
            push("?wait=20s", JSON, "{\"n\":9}").statusCode(200).body("processed", is(1));
            given().get("/api/v1/streams/pushed/statistics").then().body("position", is(5)).body("source.http.buffered", is(0));
        } finally {
            broker.startAgain();
        }
    }

    @Test
    void errorsInTheDefinitionNameTheField() {
        given().contentType("application/yaml")
                .body("{name: pushed, source: {http: {size: 1}}, sinks: [websocket: {}]}".getBytes(UTF_8))
                .post("/api/v1/streams").then().statusCode(422).body("field", is("source.http.size"));
        given().contentType("application/yaml")
                .body("{name: pushed, source: {http: {}}, chaos: {drop: 0.1}, sinks: [websocket: {}]}".getBytes(UTF_8))
                .post("/api/v1/streams").then().statusCode(422).body("field", is("chaos"));
    }
}
