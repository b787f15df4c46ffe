package io.freshet.console;

import static io.freshet.stream.StreamCalls.create;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.freshet.api.KafkaServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;

/**
 * The console in a real Chromium, against the packaged service and a real broker. The tests build on each other as a visit
 * does.
 * With {@code -Dscreenshots} they replace the pictures of the documentation.
 */
@QuarkusIntegrationTest
@WithTestResource(KafkaServer.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {

    private static final Path PICTURES = Path.of("src/main/docs/images");
    private static final int MAX_BYTES_IN_ALL = 600_000;
    private static final int MAX_BYTES_FIRST = 150_000;
    /** The views whose pictures are taken as they are; those of the others show what a test did. */
    private static final Set<String> PICTURED = Set.of("rates", "definition", "windows", "voxels", "health", "samples",
            "versions", "service");
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

    @BeforeEach
    void wide() {
        tab.size(1280, 820);
        tab.scheme("light");
    }

    private static String address(String view) {
        return "http://localhost:" + RestAssured.port + "/#/" + view;
    }

    static List<String> views() {
        return List.of("streams", "streams/birds-live", "streams/birds-live/rates", "streams/birds-live/definition",
                "streams/checked/windows", "streams/checked/letters", "streams/checked/health", "streams/floor/voxels",
                "models", "models/birds", "models/birds/quality", "models/birds/samples", "models/birds/versions",
                "new?scenario=windows",
                "letters", "alerts", "service", "nowhere");
    }

    @Test
    @Order(1)
    void aFirstVisitSaysWhatToDo() throws IOException {
        tab.go(address(""));
        tab.sees("Drop a table here").sees("Judge");
        picture("console-first");
        tab.press("Streams").sees("No streams yet");
        tab.press("Dead letters").sees("No dead letters");
        tab.press("Alerts").sees("All streams are healthy");
        tab.press("Service").sees("Kafka").sees("works").sees("freshet.sinks.breaker-delay");
        tab.hasNoErrors();
    }

    @Test
    @Order(2)
    void aTableBecomesAStreamInThreeClicks() throws IOException {
        tab.go(address("models"));
        tab.sees("Drop a table here");
        tab.drop("birds.csv", Files.readString(Path.of("src/main/resources/samples/birdstrikes.csv")));
        tab.press("Learn").sees("Wildlife Species").sees("2,000 rows");
        tab.await(() -> "there are distributions", "document.querySelectorAll('.columns svg').length > 8");
        picture("console-model");
        tab.press("Quality").sees("drawn rows against").sees("Pairs of columns");
        picture("console-quality");
        tab.press("Stream it").sees("birds-live").press("Start").sees("running").sees("kafka");
        tab.await(() -> "records flow", "document.querySelectorAll('.live tbody tr').length > 20");
        tab.hasNoErrors();
    }

    @Test
    @Order(3)
    void liveRecordsCanBeFilteredHeldAndOpened() {
        tab.go(address("streams/birds-live"));
        tab.type("Filter by a CEL expression", "record[\"Wildlife Size\"] == \"Large\"").press("Filter");
        tab.await(() -> "only large ones are shown", """
                (rows => rows.length > 0 && rows.every(row => row.innerText.includes('Large')))(
                [...document.querySelectorAll('.live tbody tr')])""");
        tab.type("Filter by a CEL expression", "nonsense(").press("Filter").sees("is not a valid expression");
        tab.type("Filter by a CEL expression", "").press("Filter").press("Hold").sees("Held");
        tab.press("Show the record in full").sees("\"Wildlife Species\"");
        tab.press("Close").press("Continue").seesNo("Held");
    }

    @Test
    @Order(4)
    void aStreamIsTriedBeforeItStartsAndMistakesAreAtTheirLine() throws IOException {
        tab.go(address("new?scenario=pattern"));
        tab.sees("clicks").type("Definition as YAML", """
                name: checked
                source: { pattern: {} }
                pace: { recordsPerSecond: 50 }
                stages:
                  - expect: { checks: [ { name: cheap, that: { field: value, op: below, value: 90 } } ] }
                  - window: { size: 2s, time: timestamp, key: event_type, values: { value: [ sum, p99 ] } }
                sinks:
                  - websocket: {}
                """);
        tab.sees("must be one of equals");
        assertThat(tab.evaluate("document.querySelector('.gutter .bad').innerText").asText()).isEqualTo("5");
        tab.type("Definition as YAML", """
                name: checked
                source: { pattern: {} }
                pace: { recordsPerSecond: 50 }
                stages:
                  - expect: { checks: [ { name: cheap, that: { field: value, op: less_than, value: 90 } } ] }
                  - window: { size: 2s, time: timestamp, key: event_type, values: { value: [ sum, p99 ] } }
                sinks:
                  - websocket: {}
                """);
        tab.seesNo("must be one of equals").press("Try ten records").sees("kept for a result").sees("Would go to");
        picture("console-new");
        RestAssured.get("/api/v1/streams/checked").then().statusCode(404);
        tab.press("Start").sees("expect").press("Windows").sees("value p99");
        tab.hasNoErrors();
    }

    @Test
    @Order(5)
    void deadLettersAreCountedBeforeTheyArePurged() throws IOException {
        Awaitility.await().until(() -> !RestAssured.get("/api/v1/dead-letters/counts?stream=checked").jsonPath().getList("$")
                .isEmpty());
        tab.go(address("letters?stream=checked"));
        tab.await(() -> "there are letters", "(document.querySelector('#main').innerText.match(/Purge/) || []).length > 0");
        tab.evaluate("document.querySelector('.data tbody button').click()");
        tab.sees("Attempts");
        picture("console-letters");
        tab.press("Purge").sees("They are thrown away for good");
        assertThat(tab.evaluate("document.querySelector('dialog h2').innerText").asText())
                .matches("Purge [\\d,]+ dead letters? of checked\\?");
        tab.key("Escape").seesNo("They are thrown away");
    }

    @Test
    @Order(6)
    void streamsArePausedStoppedAndShownByTrouble() throws IOException {
        create(Files.readString(Path.of("src/test/resources/console/streams.yaml")));
        tab.go(address("streams"));
        tab.sees("the file full.ndjson has reached its maxRecords");
        tab.await(() -> "the failing stream is first", "document.querySelector('.streams tbody tr a').innerText === 'full'");
        tab.await(() -> "there are lines", "document.querySelectorAll('.streams .spark .area').length === 5");
        picture("console-streams");
        tab.press("large-birds");
        tab.await(() -> "rates are known",
                "(arrows => arrows.length === 4 && arrows.every(arrow => parseInt(arrow.innerText) > 0))"
                        + "([...document.querySelectorAll('.arrow')])");
        tab.await(() -> "records flow", "document.querySelectorAll('.live tbody tr').length > 20");
        picture("console-stream");
        tab.press("Streams").press("birds-live").press("Pause").sees("paused").press("Resume").sees("running");
        tab.go(address("alerts"));
        tab.sees("Sink failing").sees("raised");
        picture("console-alerts");
        tab.go(address("streams/full"));
        tab.press("Stop").sees("cannot be resumed");
        tab.evaluate("document.querySelector('dialog .danger').click()");
        tab.sees("stopped");
    }

    @Test
    @Order(7)
    void versionsTellHowTheyCameAboutAndHowFarTheyMoved() throws IOException {
        List<String> birds = Files.readAllLines(Path.of("src/main/resources/samples/birdstrikes.csv"));
        for (int from : new int[] { 1, 301 }) {
            String more = birds.get(0) + "\n" + String.join("\n", birds.subList(from, from + 300));
            RestAssured.given().contentType("text/csv").body(more.getBytes(StandardCharsets.UTF_8))
                    .post("/api/v1/models/birds/partial-fit?weight=0.3").then().statusCode(200);
        }
        tab.go(address("models/birds/versions"));
        tab.sees("learned from a table").sees("learned more rows").sees("Drift of the column that moved furthest")
                .sees("Columns, from version 2 to 3");
        tab.hasNoErrors();
    }

    @ParameterizedTest
    @MethodSource("views")
    @Order(8)
    void everyViewIsAccessibleInBothThemesAndFitsAPhone(String view) throws IOException {
        show(view);
        assertThat(tab.violations()).as("%s in the light theme", view).isEmpty();
        tab.scheme("dark");
        assertThat(tab.violationsOfColours()).as("%s in the dark theme", view).isEmpty();
        tab.scheme("light");
        String part = view.substring(view.lastIndexOf('/') + 1);
        if (PICTURED.contains(part)) {
            picture("console-" + part);
        }
        tab.size(360, 800);
        tab.await(() -> "the view fits a phone", "document.documentElement.scrollWidth <= 360");
        tab.hasNoErrors();
    }

    /** Shows a view within the page, so that its scripts are loaded once. */
    private static void show(String view) {
        tab.evaluate("document.querySelector('main')?.firstElementChild?.setAttribute('data-left', '')");
        tab.go(address(view));
        tab.await(() -> "the view is drawn",
                "document.querySelector('main h1') !== null && document.querySelector('main [data-left]') === null");
        tab.await(() -> "nothing is awaited",
                "![...document.querySelectorAll('main [role=status]')].some(e => e.innerText.endsWith('…'))");
    }

    @Test
    @Order(9)
    void theKeyboardIsEnough() {
        tab.go("about:blank");
        tab.go(address("streams"));
        tab.sees("birds-live");
        tab.tabTo("birds-live").key("Enter").sees("Definition");
        tab.await(() -> "the heading has the focus", "document.activeElement.tagName === 'H1'");
        tab.tabTo("Rates").key("Enter").sees("Latency of the slowest sink");
        tab.tabTo("More actions").key("Enter").sees("Copy as curl").key("Escape").seesNo("Copy as curl");
        tab.evaluate("document.activeElement.blur()");
        tab.go(address("streams/birds-live/live"));
        tab.sees("Live").await(() -> "records are there", "document.querySelectorAll('.live tbody tr').length > 0");
        tab.evaluate("document.activeElement.blur()");
        tab.key(" ").sees("Held").key(" ").seesNo("Held");
    }

    @Test
    @Order(10)
    void aLostConnectionIsSaidAndComesBack() {
        tab.go(address("streams"));
        tab.sees("birds-live");
        tab.offline(true);
        tab.sees("The service does not answer");
        assertThat(tab.text()).contains("birds-live");
        tab.offline(false);
        tab.press("Try now").seesNo("What you see may be old").sees("The service answers again");
    }

    @Test
    @Order(11)
    void rowsThatMeetConditionsBecomeAStreamWhoseEditsKeepItsPosition() throws IOException {
        tab.go(address("models/birds/samples"));
        tab.press("Add a condition").choose("Column", "Wildlife Size").choose("Value", "Large").press("Stream such rows");
        assertThat(tab.value("Definition as YAML")).contains("Wildlife Size: Large");
        tab.press("Start").sees("birds-some").sees("running");
        tab.await(() -> "records flow", "document.querySelectorAll('.live tbody tr').length > 5");
        String yaml = tab.press("Edit").value("Definition as YAML");
        tab.type("Definition as YAML", yaml.replace("recordsPerSecond: 50", "recordsPerSecond: 2")).press("Save")
                .sees("of 2/s");
        assertThat(RestAssured.get("/api/v1/streams/birds-some").<Integer> path("statistics.position")).isGreaterThan(5);
        yaml = tab.press("Edit").value("Definition as YAML").replace("seed: 42", "seed: 43");
        tab.type("Definition as YAML", yaml).press("Save").sees("Begin birds-some again?");
        tab.key("Escape").seesNo("Begin birds-some again?");
        RestAssured.delete("/api/v1/streams/birds-some").then().statusCode(204);
        tab.hasNoErrors();
    }

    @Test
    @Order(12)
    void everythingWithAnAddressIsFound() throws IOException {
        tab.go(address("alerts"));
        tab.sees("Alerts").press("Find").type("Find streams", "aircraft make").sees("column of birds");
        assertThat(tab.violations()).isEmpty();
        tab.type("Find streams", "birds-l").sees("stream, running").key("Enter");
        tab.await(() -> "the stream is shown", "location.hash === '#/streams/birds-live'");
        tab.await(() -> "the bar shows that Kafka works",
                "document.querySelector('.dots').textContent.includes('Kafka works')");
        tab.hasNoErrors();
    }

    @Test
    @Order(13)
    void manyRecordsNeitherFreezeThePageNorFillItsMemory() {
        create("name: fast\nsource: { pattern: {} }\npace: { recordsPerSecond: 10000, batchSize: 500 }\nsinks: [ { websocket: {} } ]");
        tab.go(address("streams/fast"));
        tab.await(() -> "records flow", "document.querySelectorAll('.live tbody tr').length > 20");
        assertThat(tab.longestFrameMillis(Duration.ofSeconds(3))).as("the longest time between two frames, ms")
                .isLessThan(1000);
        assertThat(tab.evaluate("document.querySelectorAll('.live tbody tr').length").asInt()).isLessThanOrEqualTo(60);
        RestAssured.delete("/api/v1/streams/fast").then().statusCode(204);
    }

    @Test
    @Order(14)
    void filesAreFewAndSmall() throws IOException {
        tab.go("about:blank");
        tab.go(address("streams"));
        tab.sees("birds-live");
        int first = tab.evaluate(
                "performance.getEntriesByType('resource').filter(e => !e.name.includes('/api/')).reduce((sum, e) => sum + e.decodedBodySize, 0)")
                .asInt();
        assertThat(first).isBetween(10_000, MAX_BYTES_FIRST);
        assertThat(tab.evaluate("performance.getEntriesByType('resource').every(e => e.name.startsWith(location.origin))")
                .asBoolean())
                .isTrue();
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources/META-INF/resources"))) {
            assertThat(files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum())
                    .isLessThan(MAX_BYTES_IN_ALL);
        }
    }

    private static void picture(String name) throws IOException {
        if (System.getProperty("screenshots") != null) {
            tab.picture(PICTURES.resolve(name + ".png"));
        }
    }
}
