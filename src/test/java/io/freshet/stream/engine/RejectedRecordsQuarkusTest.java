package io.freshet.stream.engine;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.freshet.sink.SinkConfig;
import io.freshet.stream.StagedStreamQuarkusTest;
import io.freshet.stream.Streams;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Redelivery of dead letters that stages rejected. */
@QuarkusTest
@TestProfile(StagedStreamQuarkusTest.Settings.class)
class RejectedRecordsQuarkusTest {

    @Inject
    Streams streams;

    @Inject
    SinkConfig config;

    @Test
    void redeliveredRecordsOfAQualityCheckBypassTheStages() throws IOException {
        given().contentType("application/yaml").body("""
                name: forgiven
                source: {pattern: {seed: 3}}
                pace: {recordsPerSecond: 500}
                stages:
                  - name: strict
                    checkpoint: {expect: [{name: bought, that: {field: event_type, op: not_equals, value: purchase}}]}
                sinks: [file: {path: forgiven.ndjson}]
                """.getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(201);
        Stream stream = streams.find("forgiven").orElseThrow();
        await().until(() -> stream.statistics().stages().get(0).deadLettered() > 20);
        stream.pause();
        await().until(() -> stream.statistics().inFlight() == 0);
        long rejected = stream.statistics().stages().get(0).deadLettered();
        Path file = config.filesFolder().orElseThrow().resolve("forgiven.ndjson");
        assertThat(purchases(file)).isEmpty();

        given().post("/api/v1/dead-letters/replay?stream=forgiven").then().statusCode(200).body("count", greaterThan(20));

        assertThat(purchases(file)).hasSize((int) rejected).doesNotHaveDuplicates();
        given().post("/api/v1/dead-letters/replay?stream=forgiven").then().body("count", is(0));
        streams.delete("forgiven");
        Files.delete(file);
    }

    private static final String REJECTING = "{name: strict, checkpoint: {expect: [{name: bought, that: "
            + "{field: event_type, op: not_equals, value: purchase}}]}}";

    private static byte[] through(String name, String... stages) {
        return """
                name: %s
                source: {pattern: {seed: 3}}
                pace: {recordsPerSecond: 500}
                stages: [%s]
                sinks: [file: {path: %s.ndjson}]
                """.formatted(name, String.join(", ", stages), name).getBytes(UTF_8);
    }

    /** Starts a stream whose stage rejects purchases, and replaces the stages after some became dead letters. */
    private void mend(String name, String... stages) {
        given().contentType("application/yaml").body(through(name, REJECTING)).post("/api/v1/streams").then().statusCode(201);
        await().until(() -> streams.find(name).orElseThrow().statistics().stages().get(0).deadLettered() > 20);
        given().contentType("application/yaml").body(through(name, stages)).put("/api/v1/streams/" + name).then()
                .statusCode(200);
    }

    private static int letters(String stream) {
        return given().get("/api/v1/dead-letters/counts?stream=" + stream).jsonPath().getInt("[0].count");
    }

    @Test
    void recordsSentThroughAMendedStagePassTheStagesAfterIt() throws IOException {
        mend("mended", "{name: strict, filter: {field: event_type, op: not_equals, value: nothing}}",
                "{name: mark, transform: {set: {checked: {expression: \"'yes'\"}}}}");
        int rejected = letters("mended");
        Path file = config.filesFolder().orElseThrow().resolve("mended.ndjson");

        given().post("/api/v1/dead-letters/replay?stream=mended&through=stages").then().statusCode(200).body("count",
                is(rejected), "remaining", is(0), "state", is("done"));

        streams.find("mended").orElseThrow().pause();
        assertThat(purchases(file)).hasSizeGreaterThanOrEqualTo(rejected)
                .allMatch(line -> line.contains("\"checked\":\"yes\""));
        streams.delete("mended");
        Files.delete(file);
    }

    @Test
    void recordsThatAMendedStageDropsAreNoDeadLettersAnyMore() throws IOException {
        mend("dropping", "{name: strict, filter: {field: event_type, op: equals, value: view}}");
        int rejected = letters("dropping");

        given().post("/api/v1/dead-letters/replay?stream=dropping&through=stages").then().statusCode(200).body("count", is(0),
                "dropped", is(rejected));

        given().post("/api/v1/dead-letters/replay?stream=dropping&through=stages").then().body("found", is(0));
        streams.delete("dropping");
        Files.delete(config.filesFolder().orElseThrow().resolve("dropping.ndjson"));
    }

    @Test
    void recordsThatCannotPassTheStagesLaterRemainWithTheReason() throws IOException {
        mend("windowed", REJECTING, "{name: sums, window: {count: 5, values: {value: sum}}}");

        given().post("/api/v1/dead-letters/replay?stream=windowed&through=stages&background=true").then().statusCode(202);

        await().untilAsserted(() -> given().get("/api/v1/dead-letters/replay").then().statusCode(200).body("state", is("done"),
                "count", is(0), "remaining", greaterThan(20), "reason", containsString("sums keeps state")));
        given().post("/api/v1/dead-letters/replay?through=nothing").then().statusCode(422).body("field", is("through"),
                "allowed", hasItems("sinks", "stages"));
        streams.delete("windowed");
        given().delete("/api/v1/dead-letters?stream=windowed");
        Files.delete(config.filesFolder().orElseThrow().resolve("windowed.ndjson"));
    }

    private static List<String> purchases(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> line.contains("\"event_type\":\"purchase\"")).toList();
    }
}
