package io.freshet.stream.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import io.freshet.sink.GuardSettings;
import io.freshet.stream.Definitions;
import io.freshet.stream.SinkSettings;

class DefinitionNodeTest {

    private static DefinitionNode node(String yaml) {
        return new DefinitionNode("at", Definitions.yaml(yaml));
    }

    @Test
    void acceptsBothSpellingsOfAName() {
        DefinitionNode node = node("{batch_size: 5, maxKeys: 6}").object("batchSize", "max_keys");

        assertThat(node.integer("batchSize", 1, 10)).isEqualTo(OptionalLong.of(5));
        assertThat(node.integer("max_keys", 1, 10)).isEqualTo(OptionalLong.of(6));
        assertThatThrownBy(() -> node.get("batchSize").integer(6, 7)).hasMessageContaining("at.batch_size");
    }

    @Test
    void rejectsBothSpellingsTogether() {
        assertThatThrownBy(() -> node("{batch_size: 5, batchSize: 6}").object("batchSize"))
                .hasMessageContaining("given twice");
    }

    @Test
    void errorsNameASynonymAsItWasWritten() {
        DefinitionNode node = node("{retry_attempts: 500}").synonym("retry_attempts", "retries").object("retries");

        assertThatThrownBy(() -> node.integer("retries", 0, 100)).hasMessageContaining("at.retry_attempts");
        assertThatThrownBy(() -> node("{retry_attempts: 5, retries: 5}").synonym("retry_attempts", "retries"))
                .hasMessageContaining("means the same as retries");
    }

    @Test
    void understandsTheNamesOfOtherProducts() {
        StreamDefinition definition = StreamDefinition.parse(Definitions
                .yaml("""
                        {name: words, source: {feed: {url: 'ws://localhost:1/', max_batch_size: 7, batch_timeout_ms: 250,
                           auto_reconnect: false, connection_timeout: 3s, message_timeout: 1m}},
                         pace: {records_per_second: 5, max_batch_size: 10},
                         sinks: [{file: {path: words}, enable_dead_letter_queue: false, give_up_after: 9s,
                           guard: {timeout_seconds: 2, retry_attempts: 4, backoff_multiplier: 3.0, circuit_breaker_enabled: false}}]}"""));
        WebSocketDefinition feed = (WebSocketDefinition) definition.source();
        DeliveryDefinition delivery = definition.sinks().get(0).delivery();
        GuardSettings guard = delivery.guard(new SinkSettings(Optional.empty()), "file");

        assertThat(feed.settings().batching().records()).isEqualTo(7);
        assertThat(feed.settings().batching().longestWait()).isEqualTo(Duration.ofMillis(250));
        assertThat(feed.settings().connecting().attempts()).isEqualTo(1);
        assertThat(feed.settings().connecting().handshake()).isEqualTo(Duration.ofSeconds(3));
        assertThat(feed.settings().connecting().messageTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(definition.pace().batchSize()).isEqualTo(10);
        assertThat(definition.pace().meanRecordsPerSecond()).hasValue(5);
        assertThat(delivery.deadLetters()).isFalse();
        assertThat(delivery.giveUpAfter()).hasValue(Duration.ofSeconds(9));
        assertThat(guard.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(guard.retries()).isEqualTo(4);
        assertThat(guard.backoffFactor()).isEqualTo(3);
        assertThat(guard.breakerFailures()).isZero();
    }
}
