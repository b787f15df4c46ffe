package io.freshet.ops;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

import io.freshet.sink.BreakerState;
import io.freshet.sink.DeadLetters;
import io.freshet.stream.AlertConfig;
import io.freshet.stream.Stream;
import io.freshet.stream.StreamHealth;
import io.freshet.stream.StreamState;
import io.freshet.stream.Streams;
import io.smallrye.health.api.Wellness;

/**
 * How the optional components are: Kafka, Redis and MongoDB where they are configured, and the streams. It informs; readiness
 * does not
 * depend on it, so that a broken sink degrades the service and does not take it away.
 */
@Wellness
@ApplicationScoped
public class ComponentsCheck implements HealthCheck {

    private static final int TIMEOUT_MILLIS = 500;

    private final Config config;
    private final Streams streams;
    private final AlertConfig alerts;
    private final DeadLetters letters;

    public ComponentsCheck(Config config, Streams streams, AlertConfig alerts, DeadLetters letters) {
        this.config = config;
        this.streams = streams;
        this.alerts = alerts;
        this.letters = letters;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, String> addresses = new LinkedHashMap<>();
        config.getOptionalValue("kafka.bootstrap.servers", String.class).ifPresent(v -> addresses.put("kafka", "kafka://" + v));
        config.getOptionalValue("quarkus.redis.hosts", String.class).ifPresent(v -> addresses.put("redis", v));
        config.getOptionalValue("quarkus.mongodb.connection-string", String.class)
                .ifPresent(v -> addresses.put("mongodb", v));
        HealthCheckResponseBuilder response = HealthCheckResponse.named("components");
        boolean up = true;
        for (Map.Entry<String, String> component : addresses.entrySet()) {
            boolean answers = answers(component.getValue());
            up &= answers;
            response.withData(component.getKey(), answers ? "up" : "down");
        }
        long failing = streams.list().stream().filter(stream -> stream.state() == StreamState.FAILING).count();
        for (Stream stream : streams.list()) {
            stream.statistics().sinks().stream().filter(sink -> !sink.breaker().equals(BreakerState.CLOSED.id()))
                    .forEach(sink -> response.withData("breaker." + stream.name() + "." + sink.name(), sink.breaker()));
            String names = StreamHealth.of(stream, alerts).alerts().stream().map(StreamHealth.Alert::name).distinct()
                    .collect(Collectors.joining(", "));
            if (!names.isEmpty()) {
                response.withData("alerts." + stream.name(), names);
            }
        }
        response.withData("spilledDeadLetterBytes", letters.spilledBytes());
        return response.withData("streams", streams.list().size()).withData("failingStreams", failing)
                .status(up && failing == 0).build();
    }

    private static boolean answers(String address) {
        URI uri;
        try {
            uri = URI.create(address.split(",", 2)[0]);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (uri.getHost() == null) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 27017 : uri.getPort()), TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
