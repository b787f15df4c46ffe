package io.freshet.stream.engine;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;
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

    private static List<String> purchases(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> line.contains("\"event_type\":\"purchase\"")).toList();
    }
}
