package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.freshet.kafka.KafkaConnection;
import io.freshet.kafka.KafkaProbe;

/** Clients of Kafka that get their token from an endpoint of OAuth 2. */
@Timeout(60)
class EntraTokenTest {

    private static final String SECRET = "s3cret";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "";

    private record Application(Optional<String> tenantId, Optional<String> clientId, Optional<String> clientSecret,
            Optional<String> authority) implements SinkConfig.EntraConfig {
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tenant/oauth2/v2.0/token", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private KafkaConnection connection() {
        String authority = "http://localhost:" + server.getAddress().getPort();
        return new KafkaConnection(Map.of(), Map.of(), Optional.of("Endpoint=sb://localhost:1/;EntityPath=hub"), Optional.of(
                new Application(Optional.of("tenant"), Optional.of("app"), Optional.of(SECRET), Optional.of(authority))));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String token() {
        long now = Instant.now().getEpochSecond();
        return base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "."
                + base64("{\"sub\":\"app\",\"iat\":" + now + ",\"exp\":" + (now + 3600) + "}") + "." + base64("signature");
    }

    @Test
    void aClientAsksTheTokenEndpointWithTheCredentialsOfTheApplication() {
        answer = "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"" + token() + "\"}";

        try (KafkaProducer<byte[], byte[]> producer = connection().producer(Map.of())) {
            assertThat(producer.metrics()).isNotEmpty();
        }

        String basic = Base64.getEncoder().encodeToString(("app:" + SECRET).getBytes(StandardCharsets.UTF_8));
        assertThat(requests).singleElement().asString().startsWith("Basic " + basic)
                .contains("grant_type=client_credentials", "scope=https");
    }

    @Test
    void aTokenThatIsRefusedIsReportedWithTheReasonOfTheEndpoint() throws Exception {
        status = 401;
        answer = "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret provided.\"}";

        Optional<String> problem = new KafkaProbe(connection()).problem().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(problem).get().asString().contains("Kafka at localhost:1", "AADSTS7000215", "401")
                .doesNotContain(SECRET, "java", "Exception");
        assertThat(requests).hasSizeGreaterThan(0);
    }
}
