package io.freshet.stream.alert;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class WebhookQuarkusTest {

    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile List<Integer> answers = List.of();
    private HttpServer server;
    private Webhook webhook;

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            heads.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().get("Content-Type"));
            posted.add(exchange.getRequestHeaders().getFirst("X-Key") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            int status = posted.size() <= answers.size() ? answers.get(posted.size() - 1) : 204;
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        webhook = new Webhook(new Webhook.Settings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"), Map.of("X-Key", "k"), 3,
                Duration.ofMillis(10), 20));
    }

    @AfterEach
    void end() {
        webhook.close();
        server.stop(0);
    }

    @Test
    void messagesArePostedInOrder() {
        for (int i = 0; i < 10; i++) {
            webhook.post("{\"i\":" + i + "}");
        }

        await().until(() -> webhook.sent() == 10);
        assertThat(posted).hasSize(10).startsWith("k {\"i\":0}", "k {\"i\":1}").endsWith("k {\"i\":9}");
    }

    @Test
    void whatIsNotTakenIsTriedAgainAndWhatIsRefusedIsNot() {
        answers = List.of(503, 429, 200, 400, 500, 500, 500);

        webhook.post("a");
        webhook.post("b");
        webhook.post("c");
        webhook.post("d");

        await().until(() -> webhook.sent() + webhook.dropped() == 4);
        assertThat(posted).containsExactly("k a", "k a", "k a", "k b", "k c", "k c", "k c", "k d");
        assertThat(webhook.sent()).isEqualTo(2);
    }

    @Test
    void whereItIsSentOnToItDoesNotGo() {
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        for (int status : new int[] { 301, 302, 303, 307, 308 }) {
            server.createContext("/moved/" + status, exchange -> {
                exchange.getResponseHeaders().set("Location",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere");
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
        }
        server.createContext("/elsewhere", exchange -> {
            elsewhere.add(exchange.getRequestMethod());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        for (int status : new int[] { 301, 302, 303, 307, 308 }) {
            try (Webhook moved = new Webhook(new Webhook.Settings(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/moved/" + status), Map.of("X-Key", "k"),
                    3, Duration.ofMillis(10), 20))) {
                moved.post("secret");
                await().until(() -> moved.dropped() == 1);
                assertThat(moved.sent()).isZero();
            }
        }
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void theAddressIsUsedAsItIsAndHeadersMayReplaceThoseOfTheMessage() {
        try (Webhook signed = new Webhook(new Webhook.Settings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/a%2Fb/c?sig=x%2By%3D&v=1"),
                Map.of("content-type", "application/cloudevents+json"), 1, Duration.ZERO, 20))) {
            signed.post("{\"text\":\"é\"}");
            await().until(() -> signed.sent() == 1);
        }

        webhook.post("b");
        await().until(() -> webhook.sent() == 1);
        assertThat(posted).containsExactly("null {\"text\":\"é\"}", "k b");
        assertThat(heads).containsExactly("POST /a%2Fb/c?sig=x%2By%3D&v=1 [application/cloudevents+json]",
                "POST /hook [application/json]");
    }

    @Test
    void theAddressIsNotInTheMetrics() {
        webhook.post("a");
        await().until(() -> webhook.sent() == 1);

        given().get("/q/metrics").then().statusCode(200).body(not(containsString("/hook")));
    }

    @Test
    void aClosedWebhookPostsNothing() {
        webhook.close();
        webhook.post("a");

        assertThat(webhook.sent() + webhook.dropped()).isZero();
        assertThat(posted).isEmpty();
    }

    @Test
    void whatWaitsIsBounded() {
        server.stop(0);

        for (int i = 0; i < 100; i++) {
            webhook.post("m");
        }

        assertThat(webhook.dropped()).isGreaterThanOrEqualTo(79);
        await().until(() -> webhook.dropped() == 100);
    }
}
