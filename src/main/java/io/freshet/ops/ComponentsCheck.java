package io.freshet.ops;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

import io.freshet.deadletter.DeadLetters;
import io.freshet.kafka.KafkaConnection;
import io.freshet.kafka.KafkaProbe;
import io.freshet.kafka.SchemaRegistry;
import io.freshet.sink.BreakerState;
import io.freshet.sink.mongo.MongoConnections;
import io.freshet.sink.redis.RedisConnections;
import io.freshet.stream.Streams;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.stream.health.AlertConfig;
import io.freshet.stream.health.StreamHealth;
import io.smallrye.health.api.Wellness;

/**
 * Reports the state of the optional components (Kafka, the schema registry, Redis and MongoDB, where configured) and of the
 * streams. Every call queries each component again. The check is informational: readiness does not depend on it, so that a
 * broken sink degrades the service instead of taking it down.
 */
@Wellness
@ApplicationScoped
public class ComponentsCheck implements HealthCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final KafkaConnection kafka;
    private final KafkaProbe probe;
    private final SchemaRegistry registry;
    private final Streams streams;
    private final AlertConfig alerts;
    private final DeadLetters letters;
    private final RedisConnections redis;
    private final MongoConnections mongo;

    public ComponentsCheck(KafkaConnection kafka, KafkaProbe probe, SchemaRegistry registry, Streams streams,
            AlertConfig alerts, DeadLetters letters, RedisConnections redis, MongoConnections mongo) {
        this.kafka = kafka;
        this.probe = probe;
        this.registry = registry;
        this.streams = streams;
        this.alerts = alerts;
        this.letters = letters;
        this.redis = redis;
        this.mongo = mongo;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("components");
        boolean up = true;
        for (Map.Entry<String, CompletionStage<Optional<String>>> component : problems().entrySet()) {
            Optional<String> problem = answer(component.getValue());
            up &= problem.isEmpty();
            response.withData(component.getKey(), problem.isEmpty() ? "up" : "down");
            problem.filter(text -> !text.isEmpty()).ifPresent(text -> response.withData(component.getKey() + ".error", text));
        }
        long failing = streams.list().stream().filter(stream -> stream.state() == StreamState.FAILING).count();
        for (Stream stream : streams.list()) {
            stream.statistics().sinks().stream().filter(sink -> !sink.breaker().equals(BreakerState.CLOSED.id()))
                    .forEach(sink -> response.withData("breaker." + stream.name() + "." + sink.name(), sink.breaker()));
        }
        for (StreamHealth health : streams.health(alerts)) {
            String names = health.alerts().stream().map(StreamHealth.Alert::name).distinct().collect(Collectors.joining(", "));
            if (!names.isEmpty()) {
                response.withData("alerts." + health.stream(), names);
            }
        }
        boolean saved = streams.list().stream().allMatch(stream -> stream.unsavedSince().isEmpty());
        response.withData("store", saved ? "up" : "down").withData("notRestoredStreams", streams.failed().size());
        response.withData("spilledDeadLetterBytes", letters.spilledBytes());
        if (letters.tooLargeForTopic() > 0) {
            response.withData("deadLettersTooLargeForTopic", letters.tooLargeForTopic());
        }
        return response.withData("streams", streams.list().size()).withData("failingStreams", failing)
                .status(up && failing == 0 && saved && streams.failed().isEmpty()).build();
    }

    /**
     * Queries all components at once.
     *
     * @return the problem of each component; empty if the component is up
     */
    private Map<String, CompletionStage<Optional<String>>> problems() {
        Map<String, CompletionStage<Optional<String>>> problems = new LinkedHashMap<>();
        if (kafka.servers().isPresent()) {
            problems.put("kafka", probe.problem());
        }
        if (registry.isConfigured()) {
            problems.put("schemaRegistry", registry.problem());
        }
        if (redis.areConfigured()) {
            problems.put("redis", redis.ping().thenApply(ComponentsCheck::withoutReason));
        }
        if (mongo.areConfigured()) {
            problems.put("mongodb", mongo.ping().thenApply(ComponentsCheck::withoutReason));
        }
        return problems;
    }

    private static Optional<String> withoutReason(boolean answered) {
        return answered ? Optional.empty() : Optional.of("");
    }

    private static Optional<String> answer(CompletionStage<Optional<String>> problem) {
        return problem.toCompletableFuture().exceptionally(thrown -> Optional.of(""))
                .completeOnTimeout(Optional.of("no answer in " + TIMEOUT.toSeconds() + " s"), TIMEOUT.toMillis(),
                        TimeUnit.MILLISECONDS)
                .join();
    }
}
