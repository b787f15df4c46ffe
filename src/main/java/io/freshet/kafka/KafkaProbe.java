package io.freshet.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

import io.freshet.security.SignInFailure;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;

/**
 * Checks whether Kafka is usable by sending it a request. A broker that accepts connections but does not answer or rejects the
 * sign-in is reported as a problem. Thread-safe.
 */
@ApplicationScoped
public class KafkaProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** The time limit for a client that exceeds its own time-out. */
    private static final Duration LONGEST = TIMEOUT.plusMillis(500);

    /** How long an explanation is reused before Kafka is queried again. */
    private static final long REUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private record Explanation(String reason, long nanos) {
    }

    private final KafkaConnection connection;
    private final Map<String, Explanation> explanations = new ConcurrentHashMap<>();
    // no lock: closing a client waits for its thread, which may be completing a request and discarding the client
    private final AtomicReference<@Nullable Admin> admin = new AtomicReference<>();

    public KafkaProbe(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * Returns the problem with the cluster, or empty if it answers. The stage completes within a few seconds and never fails.
     */
    public CompletionStage<Optional<String>> problem() {
        return ask(client -> client.describeCluster(new DescribeClusterOptions().timeoutMs((int) TIMEOUT.toMillis()))
                .clusterId(), "");
    }

    /**
     * Returns the problem with the cluster or a topic, or empty if the topic exists and is accessible. The stage behaves like
     * that of {@link #problem()}.
     */
    public CompletionStage<Optional<String>> problem(String topic) {
        return ask(client -> client
                .describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs((int) TIMEOUT.toMillis()))
                .allTopicNames(), topic);
    }

    private CompletionStage<Optional<String>> ask(Function<Admin, KafkaFuture<?>> request, String topic) {
        CompletionStage<?> answer;
        Admin client;
        try {
            client = client();
            answer = request.apply(client).toCompletionStage();
        } catch (KafkaException | IllegalStateException e) {
            return CompletableFuture.completedStage(Optional.of(reason(e, topic)));
        }
        // Kafka's own future cannot be completed by others
        CompletableFuture<Optional<String>> problem = new CompletableFuture<>();
        answer.whenComplete((any, thrown) -> {
            problem.complete(thrown == null ? Optional.empty() : Optional.of(reason(thrown, topic)));
            if (thrown instanceof TimeoutException || thrown instanceof AuthenticationException) {
                discard(client);
            }
        });
        return problem.completeOnTimeout(Optional.of(noAnswer()), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Discards a client that gets no answer; otherwise it would keep trying to connect and log each failure. */
    private void discard(Admin client) {
        if (admin.compareAndSet(client, null)) {
            // on another thread, because this may be the client's own
            Threads.create(ThreadKind.KAFKA_PROBE, () -> client.close(Duration.ZERO)).start();
        }
    }

    private Admin client() {
        Admin known = admin.get();
        if (known != null) {
            return known;
        }
        Admin created = connection.admin(TIMEOUT);
        Admin first = admin.compareAndExchange(null, created);
        if (first == null) {
            return created;
        }
        created.close(Duration.ZERO);
        return first;
    }

    private String noAnswer() {
        return address() + " does not answer";
    }

    private String address() {
        return "Kafka at " + connection.servers().orElse("an unknown address");
    }

    /**
     * Returns why a client failed, with the address of Kafka.
     *
     * @param topic the topic of the request; empty if it concerned none
     */
    public String reason(Throwable thrown, String topic) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof TimeoutException) {
            return noAnswer();
        }
        if (cause instanceof AuthenticationException) {
            return address() + " rejects the credentials: " + cause.getMessage();
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "topic " + topic + " does not exist on " + address();
        }
        if (cause instanceof InvalidTopicException) {
            return "topic " + topic + " is not a valid topic name";
        }
        if (cause instanceof AuthorizationException) {
            return "access to topic " + topic + " is denied on " + address() + ": " + cause.getMessage();
        }
        Optional<String> login = SignInFailure.reason(cause);
        if (login.isPresent()) {
            return address() + ": the client could not sign in: " + login.get();
        }
        String detail = cause.getCause() == null ? String.valueOf(cause.getMessage())
                : cause.getMessage() + ": " + cause.getCause().getMessage();
        return (topic.isEmpty() ? "" : "topic " + topic + ": ") + address() + ": " + detail;
    }

    /**
     * Explains why sending to a topic failed. A time-out says little, so the cluster is queried in the background; what it
     * answers explains the next failure. Waiting for the answer would delay the failures that open a circuit breaker.
     */
    public String explain(Throwable thrown, String topic) {
        String reason = reason(thrown, topic);
        if (!(thrown instanceof TimeoutException)) {
            return reason;
        }
        Explanation known = explanations.get(topic);
        if (known == null || System.nanoTime() - known.nanos() > REUSE_NANOS) {
            explanations.put(topic, new Explanation(reason, System.nanoTime()));
            problem(topic).thenAccept(found -> explanations.put(topic, new Explanation(
                    found.orElse("topic " + topic + ": " + address() + ": " + thrown.getMessage()), System.nanoTime())));
        }
        return known == null ? reason : known.reason();
    }

    @PreDestroy
    void close() {
        Admin known = admin.getAndSet(null);
        if (known != null) {
            known.close(Duration.ZERO);
        }
    }
}
