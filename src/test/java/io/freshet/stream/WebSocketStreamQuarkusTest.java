package io.freshet.stream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Multi;

@QuarkusTest
class WebSocketStreamQuarkusTest {

    private static final String SECRET = "hunter2";
    private static final AtomicBoolean KNOWN = new AtomicBoolean();

    /** The feed of another server. */
    @WebSocket(path = "/test-feed")
    public static class TestFeed {
        @OnOpen
        Multi<String> open(WebSocketConnection connection) {
            KNOWN.set(("Bearer " + SECRET).equals(connection.handshakeRequest().header("Authorization")));
            return Multi.createFrom().range(0, 500).map(i -> "{\"id\":" + i + ",\"value\":" + i * 2 + "}");
        }
    }

    @Inject
    Streams streams;

    @Test
    void aStreamReadsAFeedAndDoesNotRevealSecrets() {
        given().contentType("application/json").body(Definitions.yaml("""
                name: fed
                source:
                  feed: { url: "ws://127.0.0.1:%d/test-feed?key=%s", token: %s, headers: { X-Key: %s }, subscribe: "login %s",
                          batch: 50, batch_interval: 10ms, heartbeat: 5s, reconnect: { first: 1s, longest: 10s, attempts: 9 },
                          resume: { message: '{"key":"%s","since":"${id}"}' } }
                pace: { maxRecords: 500 }
                sinks: [websocket: {}]
                """.formatted(RestAssured.port, SECRET, SECRET, SECRET, SECRET, SECRET)).toString()).post("/api/v1/streams")
                .then()
                .statusCode(201).body(not(containsString(SECRET))).body("definition.source.feed.token", is("***"))
                .body("definition.source.feed.headers.X-Key", is("***")).body("definition.source.feed.batch", is(50));
        Stream stream = streams.find("fed").orElseThrow();
        await().until(() -> stream.state() == StreamState.COMPLETED);

        assertThat(KNOWN).isTrue();
        given().get("/api/v1/recent/fed?count=2").then().body("records", is(List.of(Map.of("id", 499, "value", 998),
                Map.of("id", 498, "value", 996))));
        given().get("/api/v1/streams/fed").then().body(not(containsString(SECRET)))
                .body("statistics.source.feed.records", is(500)).body("statistics.source.feed.state", is("ended"));
        given().get("/api/v1/streams").then().body(not(containsString(SECRET)));
        streams.delete("fed");
    }

    @Test
    void anAbandonedFeedFailsTheStreamWithItsReason() throws IOException {
        int closed;
        try (ServerSocket none = new ServerSocket(0)) {
            closed = none.getLocalPort();
        }
        Stream stream = streams.create(StreamDefinition.parse(Definitions.yaml("""
                name: lost
                source: { feed: { url: "ws://127.0.0.1:%d/", reconnect: { first: 10ms, longest: 10ms, attempts: 3 } } }
                sinks: [websocket: {}]
                """.formatted(closed))));

        await().until(() -> stream.state() == StreamState.FAILED);
        await().until(() -> stream.awaitEnd(Duration.ofSeconds(1)));
        given().get("/api/v1/streams/lost").then().body("statistics.state", is("failed")).body("statistics.error",
                startsWith("the feed of 127.0.0.1 was abandoned after 3 consecutive failed connections; last: "));
        given().get("/api/v1/streams/lost/health").then().body("status", is("degraded"))
                .body("alerts[0].name", is("STREAM_ENDED")).body("alerts[0].reason", startsWith("the feed of 127.0.0.1"));
        streams.delete("lost");
    }

    @Test
    void errorsNameTheFieldWithoutSecrets() {
        assertMistake("source.feed.url", "{url: 'http://h/x?k=" + SECRET + "'}");
        assertMistake("source.feed.url", "{url: 'ws://user:" + SECRET + "@h/'}");
        assertMistake("source.feed.url", "{}");
        assertMistake("source.feed.token", "{url: 'ws://h', token: \"" + SECRET + "\\n\"}");
        assertMistake("source.feed.headers.Host", "{url: 'ws://h', headers: {Host: " + SECRET + "}}");
        assertMistake("source.feed.format", "{url: 'ws://h', format: xml}");
        assertMistake("source.feed.heartbeat", "{url: 'ws://h', heartbeat: 1ms}");
        assertMistake("source.feed.reconnect.attempts", "{url: 'ws://h', reconnect: {attempts: -1}}");
        assertMistake("source.feed.reconnect.often", "{url: 'ws://h', reconnect: {often: 1}}");
        assertMistake("source.feed.resume.message", "{url: 'ws://h', resume: {message: 'all'}}");
        assertMistake("source.feed.resume.message", "{url: 'ws://h', resume: {message: '${a} ${b}'}}");
    }

    private static void assertMistake(String path, String feed) {
        DefinitionException e = catchThrowableOfType(DefinitionException.class, () -> StreamDefinition.parse(Definitions
                .yaml("{name: f, source: {feed: " + feed + "}, sinks: [websocket: {}]}")));
        assertThat(e.path()).isEqualTo(path);
        assertThat(e.getMessage()).doesNotContain(SECRET);
    }
}
