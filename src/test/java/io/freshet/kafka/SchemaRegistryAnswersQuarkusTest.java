package io.freshet.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.freshet.codec.BinaryFormat;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class SchemaRegistryAnswersQuarkusTest {

    private static final String TYPE = "application/vnd.schemaregistry.v1+json";

    private record Config(Optional<String> url, Optional<String> credentials) implements SchemaRegistryConfig {
    }

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String address;
    private int status = 200;
    private String type = TYPE;
    private String body = "{\"id\":7,\"schema\":\"text\",\"more\":null}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = "127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(exchange.getRequestHeaders().getFirst("Content-Type") + " | "
                + exchange.getRequestHeaders().getFirst("Accept") + " | "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.getResponseHeaders().set("Location", "http://" + address + "/elsewhere");
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private SchemaRegistry registry() {
        return new SchemaRegistry(new Config(Optional.of("http://me:pw@" + address + "/api/"), Optional.of("user:password")));
    }

    @Test
    void schemasAreSentAsTheApiOfConfluentWants() throws IOException {
        assertThat(registry().register("odd name/value", BinaryFormat.PROTOBUF, "é")).isEqualTo(7);

        assertThat(requests).containsExactly(
                "POST /api/subjects/odd%20name%2Fvalue/versions {\"schema\":\"é\",\"schemaType\":\"PROTOBUF\"}",
                TYPE + " | " + TYPE + ", application/json | Basic dXNlcjpwYXNzd29yZA==");
    }

    @Test
    void avroNeedsNoType() throws IOException {
        registry().register("a", BinaryFormat.AVRO, "s");

        assertThat(requests.get(0)).isEqualTo("POST /api/subjects/a/versions {\"schema\":\"s\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = { TYPE, "application/json", "text/plain" })
    void theMediaTypeOfAnAnswerDoesNotMatter(String other) throws IOException {
        type = other;

        assertThat(registry().schema(3)).isEqualTo("text");
        assertThat(registry().schema("a", "latest")).isEqualTo(new SchemaRegistry.SubjectSchema("AVRO", "text"));
        assertThat(requests.get(0)).isEqualTo("GET /api/schemas/ids/3 ");
        assertThat(requests.get(2)).isEqualTo("GET /api/subjects/a/versions/latest ");
    }

    @Test
    void whatIsKnownIsNotAskedAgain() throws IOException {
        SchemaRegistry registry = registry();
        for (int i = 0; i < 3; i++) {
            registry.register("a", BinaryFormat.AVRO, "s");
            registry.schema(3);
        }

        assertThat(requests).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = { 301, 302, 303, 307, 308 })
    void redirectsAreNotFollowed(int redirect) {
        status = redirect;
        body = "";

        assertThatThrownBy(() -> registry().register("a", BinaryFormat.AVRO, "s")).isInstanceOf(IOException.class)
                .hasMessage("the schema registry at http://" + address + "/api answers " + redirect + " to the schema of a");
        assertThatThrownBy(() -> registry().schema(1)).isInstanceOf(IOException.class);
        assertThat(requests).hasSize(4).noneMatch(request -> request.contains("elsewhere"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "404 | application/json | {\"message\":\"why\"} | why",
            "409 | application/vnd.schemaregistry.v1+json | {\"error_code\":1,\"message\":\"why\"} | why",
            "422 | text/plain | {\"message\":\"why\"} | why", "422 | text/html | <p> | no reason given",
            "409 | application/json | {} | no reason given", "404 | application/json | '' | no reason given" })
    void whatTheRegistryRefusesHasItsReason(int refused, String type, String body, String reason) {
        this.status = refused;
        this.type = type;
        this.body = body;

        assertThatThrownBy(() -> registry().register("a", BinaryFormat.AVRO, "s"))
                .isInstanceOf(SchemaRegistry.RefusedException.class)
                .hasMessage("the schema registry at http://" + address + "/api refuses the schema of a: " + reason);
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 401, 500, 503 })
    void otherFailuresAreWorthARetry(int failure) {
        status = failure;

        assertThatThrownBy(() -> registry().schema(1)).isInstanceOf(IOException.class)
                .hasMessage("the schema registry at http://" + address + "/api answers " + failure + " to the schema of id 1");
    }

    @ParameterizedTest
    @ValueSource(strings = { "<html>", "[]", "" })
    void anAnswerThatIsNoSchemaIsAFailure(String other) {
        body = other;

        assertThatThrownBy(() -> registry().schema(1)).isInstanceOf(IOException.class)
                .hasMessage(
                        "the schema registry at http://" + address + "/api gives an unreadable answer to the schema of id 1");
    }

    @Test
    void aRegistryThatIsAwayIsNamedWithoutItsPassword() {
        server.stop(0);

        assertThatThrownBy(() -> registry().schema(1)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("the schema registry at http://" + address + "/api does not answer: ")
                .hasMessageNotContaining("pw");
        assertThat(registry().problem().toCompletableFuture().join())
                .contains("the schema registry at http://" + address + "/api does not answer");
    }

    @ParameterizedTest
    @CsvSource({ "200,true", "404,true", "302,true", "401,false", "403,false", "500,false" })
    void aRegistryThatLacksTheProbeIsWell(int answer, boolean well) {
        status = answer;

        Optional<String> problem = registry().problem().toCompletableFuture().join();
        assertThat(problem).isEqualTo(well ? Optional.empty()
                : Optional.of("the schema registry at http://" + address + "/api answers " + answer));
        assertThat(requests.get(0)).isEqualTo("GET /api/schemas/types ");
    }

    @Test
    void anInterruptedRequestLeavesTheThreadInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> registry().schema(1)).isInstanceOf(IOException.class).hasMessage("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
