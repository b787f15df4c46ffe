package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.freshet.Scratch;
import io.freshet.sink.SinkConfig;
import io.freshet.stream.engine.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(StagedStreamQuarkusTest.Settings.class)
public class StagedStreamQuarkusTest {

    public static final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("freshet.stages.hash-keys.users", "a secret", "freshet.sinks.files-folder",
                    Scratch.own("staged-files").toString());
        }
    }

    @Inject
    Streams streams;

    @Inject
    SinkConfig config;

    @AfterEach
    void forget() throws IOException {
        streams.list().forEach(stream -> streams.delete(stream.name()));
        Path folder = Files.createDirectories(config.filesFolder().orElseThrow());
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void start(String definition) {
        given().contentType("application/yaml").body(definition.getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(201);
    }

    private List<JsonNode> finished(String name, String file) throws IOException {
        assertThat(streams.find(name).orElseThrow().awaitEnd(Duration.ofSeconds(20))).isTrue();
        return lines(file);
    }

    private List<JsonNode> lines(String file) throws IOException {
        Path path = config.filesFolder().orElseThrow().resolve(file);
        List<JsonNode> lines = Files.readAllLines(path).stream().map(Definitions::yaml).toList();
        Files.delete(path);
        return lines;
    }

    @Test
    void recordsAreFilteredAndTransformedOnTheirWay() throws IOException {
        start("""
                name: staged
                source: {pattern: {seed: 3}}
                pace: {maxRecords: 5000, batchSize: 700}
                metadata: false
                stages:
                  - filter: {all: [{field: event_type, op: equals, value: purchase}, {field: value, op: greater_than, value: 50}]}
                  - transform:
                      hash: {fields: user_id, key: users}
                      rename: {value: payload.amount}
                      parse_iso: timestamp
                sinks:
                  - file: {path: staged.ndjson}
                  - websocket: {}
                """);

        List<JsonNode> records = finished("staged", "staged.ndjson");

        assertThat(records).hasSizeBetween(750, 900).allSatisfy(record -> {
            assertThat(record.get("event_type").asText()).isEqualTo("purchase");
            assertThat(record.at("/payload/amount").asDouble()).isGreaterThan(50);
            assertThat(record.get("user_id").asText()).matches("[0-9a-f]{64}");
            assertThat(record.get("timestamp").isIntegralNumber()).isTrue();
        });
        given().get("/api/v1/streams/staged/statistics").then().body("position", is(5000))
                .body("stages[0].name", is("filter-1")).body("stages[0].in", is(5000))
                .body("stages[0].out", is(records.size())).body("stages[1].out", is(records.size()))
                .body("stages[1].failed", is(0)).body("sinks[0].delivered", is(records.size()));
        given().get("/q/metrics").then().body(containsString(
                "freshet_stage_records_total{outcome=\"in\",stage=\"filter-1\",stream=\"staged\"} 5000.0"));
    }

    @Test
    void eventsOfASimulationAreFilteredByNestedFields() throws IOException {
        start("""
                name: shops
                source: {retail: {stores: 2, customers: 100, products: 100, centres: 1, start: '2026-03-18', speed: max}}
                pace: {maxRecords: 3000}
                stages:
                  - filter: {field: event_type, op: in, value: [receipt_created, payment_processed]}
                  - filter: {not: {field: payload.store_id, op: exists, value: false}}
                sinks: [file: {path: shops.ndjson}]
                """);

        List<JsonNode> records = finished("shops", "shops.ndjson");

        assertThat(records).isNotEmpty().allSatisfy(record -> {
            assertThat(record.get("event_type").asText()).isIn("receipt_created", "payment_processed");
            assertThat(record.at("/payload/store_id").isMissingNode()).isFalse();
        });
        assertThat(streams.find("shops").orElseThrow().position()).isEqualTo(3000);
    }

    @Test
    void recordsForWhichAStageFailsBecomeDeadLetters() throws IOException {
        start("""
                name: rejecting
                source: {pattern: {}}
                pace: {maxRecords: 100}
                stages: [{transform: {cast: {event_type: decimal}}, name: typed}]
                sinks: [file: {path: rejected.ndjson}]
                """);

        await().until(() -> streams.find("rejecting").orElseThrow().state().isFinal());

        assertThat(streams.find("rejecting").orElseThrow().position()).isEqualTo(100);
        given().get("/api/v1/dead-letters?stream=rejecting").then().statusCode(200)
                .body(containsString("event_type cannot be decimal")).body(containsString("\"typed\""));
    }

    @Test
    void recordsAreRoutedToTheSinksOfMatchingRules() throws IOException {
        start("""
                name: routed
                source: {pattern: {seed: 1}}
                pace: {maxRecords: 2000}
                metadata: false
                stages:
                  - enrich:
                      rules:
                        - {when: {field: value, op: greater_or_equal, value: 90}, set: {tier: gold}}
                        - {lookup: {field: event_type, into: weight, table: {purchase: 5, view: 1}}}
                  - handlers:
                      on:
                        purchase: [{transform: {rename: {value: amount}}}]
                        view: [{filter: {field: value, op: less_than, value: 10}}]
                  - route:
                      rules:
                        - {when: {field: tier, op: equals, value: gold}, to: best}
                        - {when: {field: event_type, op: equals, value: purchase}, to: [bought, best]}
                sinks:
                  - {name: best, file: {path: best.ndjson}}
                  - {name: bought, file: {path: bought.ndjson}}
                  - {name: rest, file: {path: rest.ndjson}}
                """);

        List<JsonNode> best = finished("routed", "best.ndjson");
        List<JsonNode> bought = lines("bought.ndjson");
        List<JsonNode> rest = lines("rest.ndjson");

        assertThat(best).isNotEmpty().anySatisfy(record -> assertThat(record.path("tier").asText()).isEqualTo("gold"))
                .allSatisfy(record -> assertThat(record.has("tier") || record.has("amount")).isTrue());
        assertThat(bought).isNotEmpty().allSatisfy(record -> {
            assertThat(record.get("amount").asDouble()).isLessThan(90);
            assertThat(record.get("weight").asInt()).isEqualTo(5);
        });
        assertThat(best).containsAll(bought);
        assertThat(rest).isNotEmpty().allSatisfy(record -> {
            assertThat(record.has("tier") || record.has("amount")).isFalse();
            assertThat(record.get("event_type").asText().equals("view") && record.get("value").asDouble() >= 10).isFalse();
        });
        Stream stream = streams.find("routed").orElseThrow();
        assertThat(stream.position()).isEqualTo(2000);
        long views = stream.statistics().stages().get(1).dropped();
        assertThat(views).isPositive();
        assertThat(best.size() + rest.size()).isEqualTo(2000 - (int) views);
    }

    @Test
    void aCheckpointMarksAndRaisesAnAlert() throws IOException {
        start("""
                name: checked
                source: {pattern: {seed: 1}}
                pace: {maxRecords: 1000}
                stages:
                  - name: quality
                    checkpoint:
                      expect: [{name: cheap, that: {field: value, op: less_than, value: 50}},
                               {name: early, that: {field: sequence, op: less_than, value: 900}}]
                      on_failure: pass
                sinks: [file: {path: checked.ndjson}]
                """);

        List<JsonNode> records = finished("checked", "checked.ndjson");

        assertThat(records).hasSize(1000).allSatisfy(record -> assertThat(record.has("_failed_checks"))
                .isEqualTo(record.get("value").asDouble() >= 50 || record.get("sequence").asLong() >= 900));
        given().get("/api/v1/streams/checked/health").then().body("status", is("degraded"))
                .body("alerts[0].name", is("QUALITY_CHECKPOINT")).body("alerts[0].sink", is("quality"));
        given().get("/api/v1/streams/checked/statistics").then().body("stages[0].counts.early", is(100))
                .body("stages[0].out", is(1000));
    }

    @Test
    void aCheckpointStopsTheStreamBeforeTheRecordThatFails() throws IOException {
        start("""
                name: halted
                source: {pattern: {}}
                pace: {maxRecords: 1000}
                stages:
                  - checkpoint:
                      expect: [{name: early, that: {field: sequence, op: less_than, value: 321}}]
                      on_failure: stop
                sinks: [file: {path: halted.ndjson}]
                """);

        List<JsonNode> records = finished("halted", "halted.ndjson");

        assertThat(records).hasSize(321);
        given().get("/api/v1/streams/halted").then().body("state", is("stopped")).body("statistics.position", is(321))
                .body("statistics.error", is("stopped by checkpoint-1: not early at position 321"));
        given().get("/api/v1/streams/halted/health").then().body("status", is("degraded"))
                .body("alerts.name", contains("QUALITY_CHECKPOINT", "STREAM_ENDED"));
    }

    @Test
    void windowsCountByKeyAndCanBeQueried() throws IOException {
        start("""
                name: windowed
                source: {pattern: {seed: 1}}
                pace: {maxRecords: 20000}
                metadata: false
                stages:
                  - filter: {field: event_type, op: equals, value: purchase}
                  - name: per-user
                    window: {size: 6s, slide: 1s, grace: 1s, time: timestamp, key: user_id, values: {value: [sum, mean, p50, distinct]}}
                  - checkpoint: {expect: [{name: some, that: {field: value.sum, op: greater_or_equal, value: 0}}]}
                sinks: [file: {path: windowed.ndjson}]
                """);

        List<JsonNode> results = finished("windowed", "windowed.ndjson");

        // twenty seconds of records, and windows that begin up to five seconds before
        long purchases = streams.find("windowed").orElseThrow().statistics().stages().get(0).out();
        assertThat(results.stream().mapToLong(result -> result.get("count").asLong()).sum()).isEqualTo(6 * purchases);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.at("/value/mean").asDouble() * result.get("count").asLong())
                    .isCloseTo(result.at("/value/sum").asDouble(), org.assertj.core.api.Assertions.within(1e-6));
            assertThat(result.get("window").asText()).isEqualTo("per-user");
        });
        assertThat(results.stream().map(result -> result.get("window_start").asText()).distinct()).hasSize(25);
        given().get("/api/v1/streams/windowed/windows?key=user-07&count=3").then().statusCode(200).body("size()", is(3))
                .body("key", org.hamcrest.Matchers.everyItem(is("user-07"))).body("[0].start", is("2026-01-01T00:00:19Z"));
        given().get("/api/v1/streams/windowed/windows?count=0").then().statusCode(422);
        given().get("/api/v1/streams/none/windows").then().statusCode(404);
    }

    @Test
    void aVoxelGridCanBeQueried() throws IOException {
        start("""
                name: printed
                source: {pattern: {seed: 1}}
                pace: {maxRecords: 1000}
                stages:
                  - transform: {set: {x: {field: sequence}, y: 0.5, z: 2}}
                  - name: part
                    voxels: {x: x, y: y, z: z, min: [0, 0, 0], max: [1000, 1, 4], cell: [100, 1, 1], signals: [value]}
                sinks: [websocket: {}]
                """);
        assertThat(streams.find("printed").orElseThrow().awaitEnd(Duration.ofSeconds(20))).isTrue();

        given().get("/api/v1/streams/printed/voxels").then().statusCode(200).body("voxels.size()", is(10))
                .body("cells", is(List.of(10, 1, 4))).body("voxels[3][0]", is(3)).body("voxels[3][2]", is(2))
                .body("voxels[3][3].value.count", is(100)).body("version", is(1000));
        given().get("/api/v1/streams/printed/voxels?since=850&from=0,0,0&to=2000,9,9").then().body("voxels.size()", is(2));
        byte[] binary = given().get("/api/v1/streams/printed/voxels/binary").then().statusCode(200).extract().asByteArray();
        assertThat(new String(binary, 0, 4, UTF_8)).isEqualTo("FVX1");
        assertThat(binary).hasSize(4 + 8 + 1 + 48 + 12 + 4 + 9 + 4 + 10 * (12 + 36));
        given().get("/api/v1/streams/printed/voxels?from=1,2").then().statusCode(422);
        given().delete("/api/v1/streams/printed/voxels").then().statusCode(204);
        given().get("/api/v1/streams/printed/voxels").then().body("voxels.size()", is(0));
    }

    @Test
    void aBeanCanBeAStage() throws IOException {
        start("""
                name: spiky
                source: {pattern: {seed: 1}}
                pace: {maxRecords: 1000}
                stages:
                  - custom: {bean: spikes, settings: {field: value, by: 50}}
                  - buffer: {records: 10}
                  - limit: {records_per_second: 20}
                sinks: [file: {path: spiky.ndjson}]
                """);

        List<JsonNode> records = finished("spiky", "spiky.ndjson");

        var stages = streams.find("spiky").orElseThrow().statistics().stages();
        // two values from 0 to 100 differ by at least half of that with a probability of a quarter
        assertThat(stages.get(0).out()).isBetween(200L, 300L);
        assertThat(stages.get(1).counts()).containsEntry("records", 10L).containsEntry("pushed_out", stages.get(0).out() - 10);
        assertThat(records.size()).isBetween(20, 100);
        assertThat(stages.get(2).dropped()).isEqualTo(stages.get(0).out() - records.size());
        given().get("/api/v1/streams/spiky/buffer?count=3").then().statusCode(200).body("size()", is(3))
                .body("[0].record.sequence", org.hamcrest.Matchers.greaterThan(900));
        given().get("/api/v1/streams/spiky/buffer?since=never").then().statusCode(422);
    }

    @Test
    void aStreamCanBeTheSourceOfAnother() throws IOException {
        start("{name: first, source: {pattern: {seed: 1}}, pace: {recordsPerSecond: 2000, maxRecords: 3000}, metadata: false, "
                + "sinks: [websocket: {}]}");
        start("{name: second, source: {stream: first}, stages: [filter: {field: event_type, op: equals, value: view}], "
                + "sinks: [file: {path: second.ndjson}]}");

        List<JsonNode> records = finished("second", "second.ndjson");

        assertThat(records).hasSizeGreaterThan(200)
                .allSatisfy(record -> assertThat(record.get("event_type").asText()).isEqualTo("view"));
        assertThat(records.get(records.size() - 1).get("sequence").asLong()).isGreaterThan(2900);
        given().contentType("application/yaml")
                .body("{name: third, source: {stream: nobody}, sinks: [websocket: {}]}".getBytes(UTF_8)).post("/api/v1/streams")
                .then().statusCode(422).body(containsString("source.stream refers to an unknown stream: nobody"));
    }
}
