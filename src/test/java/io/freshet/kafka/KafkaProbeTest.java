package io.freshet.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The probe against a server that accepts connections and never answers, like a broker whose process is stopped. */
class KafkaProbeTest {

    private final ServerSocket frozen = listen();
    private final String address = "127.0.0.1:" + frozen.getLocalPort();
    private final KafkaProbe probe = new KafkaProbe(
            new KafkaConnection(Map.of("bootstrap.servers", address), Map.of(), Optional.empty()));

    @AfterEach
    void close() throws IOException {
        probe.close();
        frozen.close();
    }

    @Test
    void aBrokerThatAcceptsConnectionsAndDoesNotAnswerIsAProblem() {
        assertThat(probe.problem().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join())
                .contains("Kafka at " + address + " does not answer");
    }

    @Test
    void closesWhileARequestIsPending() {
        CompletionStage<Optional<String>> problem = probe.problem("orders");

        assertTimeoutPreemptively(Duration.ofSeconds(20), probe::close);
        assertThat(problem.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join()).isPresent();
    }

    @Test
    void aPortWithoutAServerIsAProblem() throws IOException {
        frozen.close();

        assertThat(probe.problem("orders").toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join())
                .contains("Kafka at " + address + " does not answer");
    }

    @Test
    void aNameThatCannotBeResolvedIsAProblem() {
        KafkaProbe unknown = new KafkaProbe(
                new KafkaConnection(Map.of("bootstrap.servers", "nowhere.invalid:9092"), Map.of(), Optional.empty()));

        assertThat(unknown.problem().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join()).get().asString()
                .startsWith("Kafka at nowhere.invalid:9092: ");
        unknown.close();
    }

    @Test
    void aTimeOutOfAProducerIsExplainedByWhatTheClusterSays() {
        String reason = probe.explain(new TimeoutException("Topic orders not present in metadata after 5000 ms."), "orders");

        assertThat(reason).isEqualTo("Kafka at " + address + " does not answer");
    }

    @Test
    void everyReasonNamesTheAddress() {
        assertThat(probe.reason(new SaslAuthenticationException("Invalid username or password"), "orders"))
                .isEqualTo("Kafka at " + address + " rejects the credentials: Invalid username or password");
        assertThat(probe.reason(new TopicAuthorizationException("Not authorized to access topics: [orders]"), "orders"))
                .isEqualTo("access to topic orders is denied on Kafka at " + address
                        + ": Not authorized to access topics: [orders]");
        assertThat(probe.reason(new UnknownTopicOrPartitionException("This server does not host this topic"), "orders"))
                .isEqualTo("topic orders does not exist on Kafka at " + address);
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
