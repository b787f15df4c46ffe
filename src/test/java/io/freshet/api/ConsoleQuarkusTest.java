package io.freshet.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

/** What the console asks of the API. */
@QuarkusTest
class ConsoleQuarkusTest {

    private static ValidatableResponse dryRun(String yaml) {
        return given().contentType("application/yaml").body(yaml.getBytes(UTF_8)).post("/api/v1/streams?dry-run").then();
    }

    private static void create(String yaml) {
        given().contentType("application/yaml").body(yaml.getBytes(UTF_8)).post("/api/v1/streams").then().statusCode(201);
    }

    @Test
    void theConsoleIsAtTheRootAndTheSchemaOfStreamsIsPublished() {
        given().get("/").then().statusCode(200).contentType("text/html").body(containsString("console/main.js"));
        given().get("/console/main.js").then().statusCode(200).contentType(containsString("javascript"));
        for (String path : List.of("/", "/console/main.js", "/console/base.css")) {
            assertThat(given().get(path).header("Content-Security-Policy")).contains("script-src 'self'")
                    .doesNotContain("unsafe");
        }
        given().get("/schemas/stream-1.json").then().statusCode(200).body("required", hasItems("name", "source", "sinks"));
    }

    @Test
    void browsersAskWhetherTheConsoleHasChanged() {
        for (String path : List.of("/", "/console/main.js", "/schemas/stream-1.json")) {
            Response answer = given().get(path);
            assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-cache");
            given().header("If-Modified-Since", answer.header("Last-Modified")).get(path).then().statusCode(304);
        }
    }

    @Test
    void aDryRunSaysWhatEachStageDidAndStartsNothing() {
        dryRun("""
                name: tried
                source: { pattern: { seed: 1 } }
                stages:
                  - filter: { field: event_type, op: equals, value: click }
                  - transform: { set: { double_value: { expression: 'value * 2.0' } }, remove: [ user_id ] }
                sinks:
                  - websocket: {}
                """).statusCode(200).body("name", equalTo("tried"), "source", hasSize(10), "stages.kind",
                hasItems("filter", "transform"),
                "stages[0].in", equalTo(10), "stages[0].records", hasSize(10), "stages[0].records.outcome",
                hasItems("emitted", "dropped"),
                "stages[1].records.outcome", everyItem(equalTo("emitted")), "stages[1].records[0].record",
                hasKey("double_value"),
                "stages[1].records[0].record", not(hasKey("user_id")), "source[0]", hasKey("user_id"),
                "sinks[0].kind", equalTo("websocket"), "sinks[0].records.size()", greaterThan(1));
        given().get("/api/v1/streams/tried").then().statusCode(404);
    }

    @Test
    void aSearchReadsOnUntilTenRecordsPassAFilterForRareOnes() {
        given().contentType("application/yaml").body("""
                name: rare
                source: { pattern: {} }
                stages: [ { filter: { field: sequence, op: greater_than, value: 700 } } ]
                sinks: [ websocket: {} ]
                """.getBytes(UTF_8)).post("/api/v1/streams?dry-run=search").then().statusCode(200).body("read",
                greaterThan(700),
                "source", hasSize(10), "sinks[0].records", hasSize(10), "note", containsString("until 10 passed"),
                "stages[0].records", hasSize(20), "stages[0].out", greaterThan(10));
    }

    @Test
    void aSearchThatFindsNothingSaysHowFarItWent() {
        given().contentType("application/yaml").body("""
                name: never
                source: { pattern: {} }
                stages: [ { filter: { field: event_type, op: equals, value: none-such } } ]
                sinks: [ websocket: {} ]
                """.getBytes(UTF_8)).post("/api/v1/streams?dry-run=search").then().statusCode(200).body("read",
                greaterThan(100),
                "note", containsString("of which 0 passed"), "sinks[0].records", is(empty()));
    }

    @Test
    void aDryRunRoutesWindowsAndDeadLettersToo() {
        dryRun("""
                name: routed
                source: { pattern: {} }
                stages:
                  - expect: { checks: [ { name: late, that: { field: sequence, op: greater_than, value: 3 } } ] }
                  - window: { count: 3, values: { value: sum } }
                  - route: { rules: [ { when: { field: count, op: equals, value: 3 }, to: three } ], otherwise: drop }
                sinks:
                  - { name: three, websocket: {} }
                """).statusCode(200).body("stages[0].records.outcome", hasItem("dead_lettered"),
                "stages[0].records[0].reason", containsString("late"), "stages[1].records.outcome",
                hasItems("absorbed", "emitted"),
                "sinks[0].records.size()", greaterThan(0));
    }

    @Test
    void aDryRunNamesMistakesAndItsOwn() {
        dryRun("name: wrong\nsource: { model: none-such }\nsinks: [ websocket: {} ]").statusCode(422).body("field",
                equalTo("source.model"));
        dryRun("name: inbox\nsource: { http: {} }\nsinks: [ websocket: {} ]").statusCode(200).body("source", is(empty()),
                "note",
                containsString("sent by others"));
        given().contentType("application/yaml")
                .body("name: a\nsource: { pattern: {} }\nsinks: [ websocket: {} ]".getBytes(UTF_8))
                .post("/api/v1/streams?dry-run=perhaps").then().statusCode(422).body("field", equalTo("dry-run"));
    }

    @Test
    void aDryRunOfASimulationAndOfSeveralStreamsAnswers() {
        dryRun("""
                name: shops
                source: { retail: { stores: 2, customers: 200, products: 200, centres: 1 } }
                sinks: [ websocket: {} ]
                ---
                name: clicks
                source: { pattern: {} }
                sinks: [ websocket: {} ]
                """).statusCode(200).body("name", hasItems("shops", "clicks"), "source.collect { it.size() }",
                everyItem(equalTo(10)));
    }

    @Test
    void recentAndLiveRecordsAreFilteredByAnExpression() throws Exception {
        create("name: filtered\nsource: { pattern: {} }\npace: { recordsPerSecond: 100 }\nsinks: [ websocket: {} ]");
        try (SocketClient client = new SocketClient(RestAssured.port,
                "/streams/filtered?filter=event_type+%3D%3D+%22click%22")) {
            JsonNode message = client.receive();
            assertThat(message.get("records")).isNotEmpty()
                    .allMatch(record -> record.get("event_type").asText().equals("click"));
        }
        try (SocketClient client = new SocketClient(RestAssured.port, "/streams/filtered?filter=event_type+%3D%3D")) {
            assertThat(client.receive().get("error").asText()).startsWith("filter is not a valid expression");
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> given().queryParam("filter", "event_type == 'view'")
                .get("/api/v1/recent/filtered?count=2").then().statusCode(200).body("count", equalTo(2), "records.event_type",
                        everyItem(equalTo("view"))));
        given().queryParam("filter", "event_type +").get("/api/v1/recent/filtered").then().statusCode(422).body("field",
                equalTo("filter"));
        given().delete("/api/v1/streams/filtered");
    }

    @Test
    void deadLettersAreCounted() {
        create("""
                name: counted
                source: { pattern: {} }
                pace: { maxRecords: 20 }
                stages:
                  - expect: { checks: [ { name: never, that: { field: sequence, op: less_than, value: 0 } } ] }
                sinks: [ websocket: {} ]
                """);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/api/v1/dead-letters/counts?stream=counted").then()
                        .statusCode(200)
                        .body("$", hasSize(1), "[0].code", equalTo("rejected_by_stage"), "[0].count", equalTo(20)));
        given().get("/api/v1/dead-letters/counts?stream=counted&reason=nothing").then().body("$", is(empty()));
        given().delete("/api/v1/dead-letters?stream=counted");
        given().delete("/api/v1/streams/counted");
    }

    @Test
    void aStageThatPassesNothingIsAnAlert() {
        create("""
                name: blocked
                source: { pattern: {} }
                pace: { recordsPerSecond: 5000 }
                stages: [ { name: sieve, filter: { field: event_type, op: equals, value: none-such } } ]
                sinks: [ websocket: {} ]
                """);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/api/v1/streams/blocked/health").then().body("status", equalTo("degraded"),
                        "alerts.find { it.name == 'STAGE_PASSES_NOTHING' }.sink", equalTo("sieve"),
                        "alerts.find { it.name == 'STAGE_PASSES_NOTHING' }.reason", containsString("drops every record")));
        given().delete("/api/v1/streams/blocked");
    }

    @Test
    void theServiceDescribesItselfWithoutSecrets() {
        given().get("/api/v1/access").then().statusCode(200).body("open", equalTo(true), "role", equalTo("admin"));
        given().get("/api/v1/service").then().statusCode(200).body("settings.name", hasItems("freshet.sinks.retries"),
                "settings.find { it.name == 'freshet.sinks.retries' }.value", equalTo("3"), "uptimeSeconds", greaterThan(0f));
    }

    @Test
    void aModelSaysWhatWasAskedOfItsFitEvenAfterItLearnedMore() {
        String table = "size,double,colour\n" + "1,2,red\n2,4,blue\n3,6,red\n4,8,red\n5,10,blue\n".repeat(40);
        given().contentType("text/csv").queryParam("-relation", "double = 2 * size").body(table)
                .put("/api/v1/models/asked?method=independent&type.size=decimal&force=true").then().statusCode(201);
        given().contentType("text/csv").body(table).post("/api/v1/models/asked/partial-fit").then().statusCode(200);

        given().get("/api/v1/models/asked").then().statusCode(200).body("requested.method", equalTo(List.of("independent")),
                "requested.'type.size'", equalTo(List.of("decimal")),
                "requested.'-relation'", equalTo(List.of("double = 2 * size")), "requested", not(hasKey("force")));
        given().delete("/api/v1/models/asked");
    }

    @Test
    void qualityHasTheDistributionOfEachColumn() {
        String table = "size,colour,sold\n" + "1,red,yes\n2,blue,no\n3,red,no\n4,red,no\n5,blue,no\n".repeat(40);
        given().contentType("text/csv").body(table).put("/api/v1/models/compared?method=independent").then().statusCode(201);
        given().contentType("text/csv").body(table).post("/api/v1/models/compared/evaluate").then().statusCode(200)
                .body("columns.find { it.name == 'colour' }.distribution.label", hasItems("red", "blue"),
                        "columns.find { it.name == 'sold' }.distribution.label", hasItems("yes", "no"),
                        "columns.find { it.name == 'colour' }.distribution.real.sum()", greaterThan(0.9));
        given().delete("/api/v1/models/compared");
    }
}
