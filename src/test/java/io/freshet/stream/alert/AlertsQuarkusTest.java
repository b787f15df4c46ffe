package io.freshet.stream.alert;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

import io.freshet.stream.Definitions;
import io.freshet.stream.Streams;
import io.freshet.stream.definition.StreamDefinition;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

@QuarkusTest
@WithTestResource(AlertsQuarkusTest.Hook.class)
class AlertsQuarkusTest {

    /** Receives what is posted to it. */
    public static final class Hook implements QuarkusTestResourceLifecycleManager {

        /** The received posts. */
        public static final class Posts {
            final List<String> all = new CopyOnWriteArrayList<>();
        }

        private final Posts posts = new Posts();
        private HttpServer server;

        @Override
        public Map<String, String> start() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", exchange -> {
                posts.all.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return Map.of("freshet.alerts.webhook.url", "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                    "freshet.alerts.webhook.headers.Authorization", "Bearer w", "freshet.alerts.patience", "100ms",
                    // so that a stream that keeps its pace is too slow
                    "freshet.alerts.low-throughput-share", "2");
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(posts, new TestInjector.MatchesType(Posts.class));
        }

        @Override
        public void stop() {
            server.stop(0);
        }
    }

    Hook.Posts posts;

    @Inject
    Streams streams;

    @Test
    void alertEventsAreRetainedPushedAndPosted() {
        List<String> pushed = new CopyOnWriteArrayList<>();
        WebSocket socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + RestAssured.port + "/alerts"), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        pushed.add(data.toString());
                        from.request(1);
                        return null;
                    }
                }).join();
        streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: slow, source: {pattern: {}}, pace: {recordsPerSecond: 10}, sinks: [websocket: {}]}""")));

        await().atMost(Duration.ofSeconds(20)).until(() -> pushed.stream().anyMatch(event -> is(event, "raised")));
        streams.delete("slow");
        await().atMost(Duration.ofSeconds(20)).until(() -> pushed.stream().anyMatch(event -> is(event, "cleared")));

        await().until(() -> posts.all.stream().filter(post -> post.contains("\"slow\"")).count() == 2);
        assertThat(posts.all).allMatch(post -> post.startsWith("Bearer w {"));
        List<String> kept = given().get("/api/v1/alerts/events?count=1000").then().statusCode(200).extract()
                .path("findAll { it.stream == 'slow' && it.alert.name == 'LOW_THROUGHPUT' }.event");
        assertThat(kept).containsExactly("cleared", "raised");
        given().get("/api/v1/alerts/events?count=0").then().statusCode(422).body("detail", containsString("count must be"));
        await().untilAsserted(() -> given().get("/q/metrics").then()
                .body(containsString("freshet_alerts_webhook_messages_total{outcome=\"sent\"} " + posts.all.size() + ".0")));
        socket.abort();
    }

    @Test
    void aDriftingModelRaisesAnAlertForTheStreamsThatFollowIt() {
        red(20).put("/api/v1/models/moving").then().statusCode(201);
        for (String pinned : List.of("false", "true")) {
            streams.create(StreamDefinition.parse(Definitions.yaml("""
                    {name: pinned-%1$s, source: {model: moving, pinned: %1$s}, pace: {recordsPerSecond: 100, batchSize: 10},
                     sinks: [websocket: {}]}""".formatted(pinned))));
        }
        learn(80);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(drifts("pinned-false")).hasSize(1));
        streams.create(StreamDefinition.parse(Definitions.yaml("""
                {name: pinned-late, source: {model: moving, pinned: true}, pace: {recordsPerSecond: 100, batchSize: 10},
                 sinks: [websocket: {}]}""")));
        learn(50);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(drifts("pinned-false"))
                .containsExactly("cleared colour", "raised colour"));

        assertThat(drifts("pinned-true")).isEmpty();
        assertThat(drifts("pinned-late")).isEmpty();
        List.of("pinned-false", "pinned-true", "pinned-late").forEach(streams::delete);
    }

    /** 100 rows, some of which are red. */
    private static RequestSpecification red(int rows) {
        return given().contentType("text/csv").body("colour\n" + "red\n".repeat(rows) + "blue\n".repeat(100 - rows));
    }

    private static void learn(int red) {
        red(red).post("/api/v1/models/moving/partial-fit?weight=0.5").then().statusCode(200);
    }

    private static List<String> drifts(String stream) {
        List<Map<String, Object>> events = given().get("/api/v1/alerts/events?count=1000").then().extract()
                .path("findAll { it.stream == '" + stream + "' && it.alert.name == 'HIGH_DRIFT' }");
        return events.stream().map(event -> event.get("event") + " " + ((Map<?, ?>) event.get("alert")).get("sink")).toList();
    }

    private static boolean is(String event, String what) {
        return event.contains("\"event\":\"" + what + "\"") && event.contains("\"stream\":\"slow\"")
                && event.contains("\"name\":\"LOW_THROUGHPUT\"");
    }
}
