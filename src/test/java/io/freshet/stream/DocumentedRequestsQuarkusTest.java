package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.freshet.store.Models;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Sends the requests that the documentation prints to a service with a real broker. Large ones ask for fewer records. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class DocumentedRequestsQuarkusTest {

    private static final String YAML = "application/yaml";
    private static final String SAMPLE = "src/main/resources/samples/birdstrikes.csv";
    private static final String ORDERS = "id,zip,note,amount\n" + "1,01234,a note,7.5\n2,01235,another one,8.5\n".repeat(50);
    /** Pages whose requests need what is not configured here: keys, secrets, a database, a table with certain columns. */
    private static final Set<String> ELSEWHERE = Set.of("secure.md", "live-windows.md", "databases.md", "private-models.md");
    /** The streams that pages call by these names, and assume. */
    private static final Map<String, String> ASSUMED = Map.of(
            "demo", "source: { pattern: { seed: 42 } }\npace: { recordsPerSecond: 50 }\nsinks: [ { websocket: {} } ]",
            "orders", "source: { pattern: { seed: 42 } }\npace: { maxRecords: 10 }\nsinks: [ { websocket: {} } ]",
            "filler", "source: { pattern: {} }\npace: { maxRecords: 10 }\nsinks: [ { kafka: { topic: orders } } ]",
            "read", "source: { kafka: { topic: orders } }\nsinks: [ { websocket: {} } ]",
            "pushed", "source: { http: {} }\nsinks: [ { kafka: { topic: orders } } ]");

    @Inject
    Streams streams;

    @Inject
    Models models;

    static List<Path> pages() throws IOException {
        return DocumentedRequests.pages().stream().filter(DocumentedRequestsQuarkusTest::sendsRequests).toList();
    }

    private static boolean sendsRequests(Path page) {
        try {
            return !ELSEWHERE.contains(String.valueOf(page.getFileName())) && !DocumentedRequests.of(page).isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void createWhatPagesAssume() throws IOException {
        for (String model : List.of("birdstrikes", "customers", "orders")) {
            given().contentType("text/csv").body(body(model.equals("orders") ? "@orders.csv" : "@birdstrikes.csv"))
                    .put("/api/v1/models/" + model + "?method=independent").then().statusCode(201);
        }
    }

    @AfterEach
    void delete() {
        streams.list().forEach(stream -> streams.delete(stream.name()));
        List.of("birdstrikes", "customers", "orders", "birds").forEach(models::delete);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theRequestsOfEachPageSucceed(Path page) throws IOException {
        assume("filler", "filler");
        await().atMost(Duration.ofSeconds(60)).until(() -> streams.find("filler").orElseThrow().state().isFinal());
        assume("demo", "demo");
        assume("orders", page.endsWith("push-records.md") ? "pushed" : page.endsWith("sources.md") ? "read" : "orders");
        for (DocumentedRequests.Request request : DocumentedRequests.of(page)) {
            Response answer = send(request);
            assertThat(answer.statusCode()).as("%s: %s%n%s", page, request, answer.asString()).isBetween(200, 299);
        }
    }

    @Test
    void requestsAreFoundInManyPages() throws IOException {
        assertThat(pages()).hasSizeGreaterThan(8);
        assertThat(DocumentedRequests.of(Path.of("README.md"))).extracting(DocumentedRequests.Request::method)
                .contains("GET", "PUT", "POST");
    }

    private void assume(String name, String definition) {
        given().contentType(YAML).body(("name: " + name + "\n" + ASSUMED.get(definition)).getBytes(UTF_8))
                .post("/api/v1/streams").then().statusCode(201);
    }

    private static Response send(DocumentedRequests.Request request) throws IOException {
        RequestSpecification given = given();
        for (String header : request.headers()) {
            given.header(header.split(": ")[0], header.split(": ")[1]);
        }
        for (String parameter : request.query()) {
            given.queryParam(parameter.split("=", 2)[0], parameter.split("=", 2)[1]);
        }
        for (String part : request.form()) {
            given.multiPart(part.split("=", 2)[0], "table.csv", body(part.split("=", 2)[1]), "text/csv");
        }
        if (!request.data().isEmpty()) {
            given.body(body(request.data()));
        }
        return given.urlEncodingEnabled(!request.query().isEmpty()).request(request.method(),
                request.address().replace("10000000", "1000"));
    }

    private static byte[] body(String data) throws IOException {
        if (!data.startsWith("@")) {
            return data.replace("1000000", "1000").getBytes(UTF_8);
        }
        String file = data.substring(1);
        if (file.endsWith(".ndjson")) {
            return "{\"id\":1,\"amount\":7.5}\n{\"id\":2,\"amount\":8.5}\n".getBytes(UTF_8);
        }
        try (Stream<String> lines = Files.lines(Path.of(SAMPLE))) {
            return (file.equals("orders.csv") ? ORDERS : String.join("\n", lines.limit(400).toList())).getBytes(UTF_8);
        }
    }
}
