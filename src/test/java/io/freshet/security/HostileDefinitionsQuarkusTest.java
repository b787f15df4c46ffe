package io.freshet.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Short definitions and tables that would take all the memory or all the time. */
@QuarkusTest
@TestProfile(Secured.class)
class HostileDefinitionsQuarkusTest {

    private static final String VOXELS = "{x: x, y: y, z: z, signals: [s], min: [0, 0, 0], %s}";

    private static ValidatableResponse post(String yaml) {
        return given().header("Authorization", "Bearer " + Secured.key(Role.ADMIN)).contentType("application/yaml")
                .body(yaml.getBytes(StandardCharsets.UTF_8)).post("/api/v1/streams").then();
    }

    private static void refuses(String field, String source, String rest) {
        post("{name: greedy, source: " + source + ", sinks: [websocket: {}], " + rest + "}").statusCode(422).body("field",
                equalTo(field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "source.retail.stores             | {stores: 1000000000}",
            "source.retail                    | {stores: 50000, products: 200000}",
            "source.retail.customers          | {customers: 2147483648}",
            "source.retail.burst.burst        | {burst: {burst: 2147483647}}",
            "source.retail.shards             | {shards: 9223372036854775807}" })
    void chainsFitIntoMemory(String field, String retail) {
        refuses(field, "{retail: " + retail + "}", "pace: {recordsPerSecond: 1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "pace.batchSize                   | {recordsPerSecond: 1, batchSize: 2147483648}",
            "pace.batchSize                   | {recordsPerSecond: 1, batchSize: 1e30}",
            "pace.maxBatches                  | {recordsPerSecond: 1, maxBatches: 9223372036854775807}",
            "pace.burst.records               | {burst: {every: 1s, records: 2147483647}}",
            "pace.duration                    | {recordsPerSecond: 1, duration: P1000000000D}",
            "pace.delayBetweenBatches         | {recordsPerSecond: 1, delayBetweenBatches: 1e300}" })
    void pacesHaveBounds(String field, String pace) {
        refuses(field, "{pattern: {}}", "pace: " + pace);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "stages[0].window.slide           | {window: {size: 366d, slide: 1ms}}",
            "stages[0].window.slide           | {window: {count: 1000000, slide: 1}}",
            "stages[0].window.count           | {window: {count: 1000000000000}}",
            "stages[0].window.max_keys        | {window: {size: 1s, max_keys: 1000000000}}",
            "stages[0].buffer.records         | {buffer: {records: 2147483647}}" })
    void stagesHaveBounds(String field, String stage) {
        refuses(field, "{pattern: {}}", "pace: {recordsPerSecond: 1}, stages: [" + stage + "]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "stages[0].voxels                 | max: [1e10, 1e10, 1e10], cell: 1e-5",
            "stages[0].voxels                 | max: [100000, 100000, 100000], cell: 1, kind: dense",
            "stages[0].voxels                 | max: [2000000, 2000000, 2000000], cell: 1, kind: dense",
            "stages[0].voxels.megabytes       | max: [1000, 1000, 1000], cell: 1, kind: dense, megabytes: 4096" })
    void gridsFitIntoMemory(String field, String grid) {
        refuses(field, "{pattern: {}}", "pace: {recordsPerSecond: 1}, stages: [{voxels: " + VOXELS.formatted(grid) + "}]");
    }

    @Test
    void queuesHaveBounds() {
        post("{name: greedy, source: {pattern: {}}, pace: {recordsPerSecond: 1}, sinks: [{websocket: {}, queue: {records: 2147483648}}]}")
                .statusCode(422).body("field", equalTo("sinks[0].queue.records"));
        refuses("source.feed.buffer", "{feed: {url: 'ws://feed.example/', buffer: 2147483648}}", "pace: {recordsPerSecond: 1}");
    }

    /** Expressions that search for secrets, for addresses and for references must not take quadratic time. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void longTextsTakeNoLongerThanTheyAre() {
        String stream = "{name: long, source: {pattern: {}}, pace: {recordsPerSecond: 1}, sinks: [websocket: {}], stages: [filter: %s]}";
        for (String value : List.of("a".repeat(900_000), "a:/".repeat(300_000), "://@".repeat(200_000),
                "bearer ".repeat(100_000), "?token".repeat(100_000))) {
            post(stream.formatted("{field: f, op: equals, value: '" + value + "'}")).statusCode(oneOf(201, 422));
            given().header("Authorization", "Bearer " + Secured.key(Role.ADMIN)).delete("/api/v1/streams/long");
        }
        post(stream.formatted("{field: f, op: matches, value: '" + "(a+)+".repeat(100) + "$'}")).statusCode(oneOf(201, 422));
        given().header("Authorization", "Bearer " + Secured.key(Role.ADMIN)).delete("/api/v1/streams/long");
        refuses("source.feed.url", "{feed: {url: 'ws://" + "00.".repeat(300_000) + "x/'}}", "pace: {recordsPerSecond: 1}");
    }

    /** Sends the parts without a content length and without holding them all in memory. */
    private static int put(String path, String type, Stream<String> parts) throws Exception {
        InputStream body = new SequenceInputStream(Collections.enumeration(
                parts.<InputStream> map(part -> new ByteArrayInputStream(part.getBytes(StandardCharsets.UTF_8))).toList()));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", "Bearer " + Secured.key(Role.ADMIN)).header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> body)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void modelFilesThatGrowWhenTheyAreReadAreRefused() throws Exception {
        String part = "{},".repeat(100_000);
        for (String nothing : List.of(part, part.replace('{', '[').replace('}', ']'))) {
            assertThat(put("/api/v1/models/bomb/file", "application/json",
                    Stream.concat(Stream.of("{\"format\":\"freshet-model\",\"version\":1,\"columns\":["),
                            Collections.nCopies(100, nothing).stream())))
                    .isEqualTo(422);
        }
    }

    @Test
    void tablesOfAMillionColumnsAreRefused() throws Exception {
        String names = "c".repeat(7) + ",";
        assertThat(put("/api/v1/models/wide", "text/csv",
                Stream.of(names.repeat(1_000_000), "\n", "1,".repeat(1_000_000), "\n"))).isEqualTo(422);
        StringBuilder row = new StringBuilder("{\"c\":1");
        for (int i = 0; i < 200_000; i++) {
            row.append(",\"c").append(i).append("\":1");
        }
        assertThat(put("/api/v1/models/wide", "application/x-ndjson", Stream.of(row.append("}\n").toString()))).isEqualTo(422);
    }

    @Test
    void modelsHaveALimitInNumber() {
        RequestSpecification admin = new RequestSpecBuilder()
                .addHeader("Authorization", "Bearer " + Secured.key(Role.ADMIN)).build();
        int made = 0;
        while (made < 20 && given(admin).contentType("text/csv").body("a\n1\n2\n").put("/api/v1/models/many-" + made)
                .statusCode() == 201) {
            made++;
        }
        assertThat(made).isLessThan(11);
        // existing models can be replaced
        given(admin).contentType("text/csv").body("a\n1\n2\n").put("/api/v1/models/many-0").then().statusCode(200);
        given(admin).contentType("text/csv").body("a\n1\n2\n").put("/api/v1/models/one-more").then().statusCode(429)
                .contentType("application/problem+json");
        for (int i = 0; i < made; i++) {
            given(admin).delete("/api/v1/models/many-" + i).then().statusCode(204);
        }
    }

    @Test
    void samplesInOneMessageHaveABound() {
        for (Map.Entry<String, Object> each : Map.<String, Object> of("count", 9_223_372_036_854_775_807L, "offset", -1)
                .entrySet()) {
            given().header("Authorization", "Bearer " + Secured.key(Role.ADMIN)).contentType("application/json")
                    .body(Map.of(each.getKey(), each.getValue())).post("/api/v1/models/none/samples").then()
                    .statusCode(oneOf(404, 422));
        }
    }
}
