package io.freshet.ops;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

import io.freshet.sink.BootstrapServers;
import io.freshet.sink.BreakerState;
import io.freshet.sink.DeadLetters;
import io.freshet.sink.KafkaConnection;
import io.freshet.sink.MongoConnections;
import io.freshet.sink.RedisConnections;
import io.freshet.stream.AlertConfig;
import io.freshet.stream.Stream;
import io.freshet.stream.StreamHealth;
import io.freshet.stream.StreamState;
import io.freshet.stream.Streams;
import io.smallrye.health.api.Wellness;

/**
 * How the optional components are: Kafka, Redis and MongoDB where they are configured, and the streams. It informs;
 * readiness does not depend on it, so that a broken sink degrades the service and does not take it away.
 */
@Wellness
@ApplicationScoped
public class ComponentsCheck implements HealthCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final KafkaConnection kafka;
    private final Streams streams;
    private final AlertConfig alerts;
    private final DeadLetters letters;
    private final RedisConnections redis;
    private final MongoConnections mongo;

    public ComponentsCheck(KafkaConnection kafka, Streams streams, AlertConfig alerts, DeadLetters letters,
            RedisConnections redis, MongoConnections mongo) {
        this.kafka = kafka;
        this.streams = streams;
        this.alerts = alerts;
        this.letters = letters;
        this.redis = redis;
        this.mongo = mongo;
    }

    @Override
    public HealthCheckResponse call() {
        // all are asked at once
        Map<String, CompletionStage<Boolean>> answers = new LinkedHashMap<>();
        kafka.servers().ifPresent(servers -> answers.put("kafka", new BootstrapServers(servers).answer(TIMEOUT)));
        if (redis.areConfigured()) {
            answers.put("redis", redis.ping());
        }
        if (mongo.areConfigured()) {
            answers.put("mongodb", mongo.ping());
        }
        HealthCheckResponseBuilder response = HealthCheckResponse.named("components");
        boolean up = true;
        for (Map.Entry<String, CompletionStage<Boolean>> component : answers.entrySet()) {
            boolean answered = isTrue(component.getValue());
            up &= answered;
            response.withData(component.getKey(), answered ? "up" : "down");
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

    private static boolean isTrue(CompletionStage<Boolean> answer) {
        return answer.toCompletableFuture().completeOnTimeout(false, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
