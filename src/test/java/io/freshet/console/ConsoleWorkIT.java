package io.freshet.console;

import static io.freshet.stream.StreamCalls.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;

/** What users do again and again in the console: learn with other choices, judge, mend a stream, replay. */
@QuarkusIntegrationTest
class ConsoleWorkIT {

    private static Browser browser;
    private static Tab tab;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.startOrSkip();
        tab = browser.open();
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    private static String address(String view) {
        return "http://localhost:" + RestAssured.port + "/#/" + view;
    }

    /**
     * A total that is the sum of two columns, a weight and a kind that depend on one of them, and a flag that one row in fifty
     * has.
     */
    private static String sales() {
        Random random = new Random(1);
        return "net,tax,total,weight,fraud,note\n" + IntStream.range(0, 1_000).mapToObj(i -> {
            int net = random.nextInt(800);
            int tax = random.nextInt(90);
            return "%d,%d,%d,%d,%s,%s".formatted(net, tax, net + tax, net + random.nextInt(60), i % 50 == 0 ? "yes" : "no",
                    (net > 400) == (random.nextInt(8) > 0) ? "web" : "shop");
        }).collect(Collectors.joining("\n"));
    }

    private static List<String> requested(String parameter) {
        return RestAssured.get("/api/v1/models/sales").path("requested.'" + parameter + "'");
    }

    @Test
    void learningAgainBeginsFromEarlierChoicesAndAdviceIsAButton() throws IOException {
        tab.go(address("models"));
        tab.sees("Drop a table here").drop("sales.csv", sales());
        tab.press("Learn").sees("How it is learned").sees("net + tax = total").sees("are read as true and false");
        tab.press("Leave out net + tax = total").sees("Learn again with these changes?").press("Learn sales.csv again")
                .sees("version 2").sees("without net + tax = total");

        tab.choose("Method", "independent").sees("Kept from the last time: without net + tax = total")
                .press("Learn sales.csv again").sees("version 3");
        assertThat(requested("-relation")).containsExactly("net + tax = total");
        assertThat(requested("method")).containsExactly("independent");

        tab.press("Quality").sees("would be noticed").press("Learn again: method auto").sees("version 4")
                .sees("drawn rows against");
        assertThat(requested("-relation")).containsExactly("net + tax = total");
        assertThat(requested("method")).containsExactly("auto");

        tab.choose("What matters to you", "fraud").sees("Useful to predict fraud?").sees("Not judged: only")
                .sees("Learn again for fraud");
        tab.go("about:blank");
        tab.go(address("models/sales/quality"));
        tab.sees("Useful to predict fraud?").sees("of the drawn rows are not among the real ones");
        assertThat(tab.violations()).isEmpty();
        tab.hasNoErrors();
    }

    @Test
    void aTrySearchesForRareRecordsAndTheTextOfAStreamIsKept() {
        String yaml = """
                # late ones only
                name: late
                source: { pattern: {} }
                pace: { recordsPerSecond: 20 }
                stages:
                  - filter: { field: sequence, op: greater_than, value: 500 }
                sinks:
                  - websocket: {}
                """;
        tab.go(address("new?scenario=pattern"));
        tab.sees("clicks").type("Definition as YAML", yaml).press("Try ten records").sees("until 10 passed");
        tab.press("Start").sees("made").press("Edit");
        assertThat(tab.value("Definition as YAML")).isEqualTo(yaml);
        RestAssured.delete("/api/v1/streams/late").then().statusCode(204);
        tab.hasNoErrors();
    }

    @Test
    void aStageThatPassesNothingIsOneTruthInHeadAndHealth() {
        create("name: sieve\nsource: { pattern: {} }\npace: { recordsPerSecond: 4000 }\n"
                + "stages: [ { filter: { field: event_type, op: equals, value: none } } ]\nsinks: [ { websocket: {} } ]");
        tab.go(address("streams/sieve"));
        tab.sees("degraded").sees("No record gets through").press("Health").sees("Stage passes nothing");
        assertThat(tab.text()).doesNotContain("Nothing is wrong");
        RestAssured.delete("/api/v1/streams/sieve").then().statusCode(204);
        tab.hasNoErrors();
    }

    @Test
    void rejectedRecordsAreReplayedThroughTheMendedStage() throws IOException {
        String definition = "name: mended\nsource: { pattern: {} }\npace: { recordsPerSecond: 200 }\n"
                + "stages: [ { name: check, expect: { checks: [ { name: cheap, that: { field: value, op: less_than, value: %d } } ] } } ]\n"
                + "sinks: [ { websocket: {} } ]";
        create(definition.formatted(90));
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> RestAssured
                .get("/api/v1/dead-letters/counts?stream=mended").then().body("[0].count", greaterThan(100)));
        RestAssured.given().contentType("application/yaml")
                .body(definition.formatted(1_000_000).getBytes(StandardCharsets.UTF_8))
                .put("/api/v1/streams/mended").then().statusCode(200);

        tab.go(address("letters?stream=mended"));
        tab.press("Replay").sees("Through the stages again").sees("Past the stages, straight to the sinks");
        assertThat(tab.violations()).isEmpty();
        tab.evaluate("document.querySelector('dialog button.primary').click()");
        tab.sees("Replayed.").sees("No dead letter matches");
        RestAssured.delete("/api/v1/streams/mended").then().statusCode(204);
        tab.hasNoErrors();
    }
}
