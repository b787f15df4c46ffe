package io.freshet.stream.definition;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.freshet.sink.GuardSettings;
import io.freshet.sink.OverflowStrategy;
import io.freshet.sink.QueueSettings;
import io.freshet.sink.SinkConfig;

/**
 * The delivery settings of one sink that override the configuration: those of its queue and of its guard.
 *
 * @param giveUpAfter how long batches of a failing sink are retried before they become dead letters
 * @param deadLetters whether undeliverable records are kept as dead letters; otherwise they are only counted
 */
public record DeliveryDefinition(OptionalInt records, Optional<OverflowStrategy> overflow, OptionalDouble sampleRate,
        Optional<Duration> giveUpAfter, boolean deadLetters, Guard guard) {

    private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);

    /** The guard settings that override the configuration. */
    record Guard(Optional<Duration> timeout, OptionalInt retries, Optional<Duration> retryDelay, OptionalInt backoff,
            OptionalInt breakerFailures,
            Optional<Duration> breakerDelay) {
    }

    /** @param written the node of the sink */
    static DeliveryDefinition parse(DefinitionNode written) {
        DefinitionNode node = written.synonym("enable_dead_letter_queue", "deadLetters");
        Optional<DefinitionNode> queue = node.find("queue").map(q -> q.object("records", "overflow", "sampleRate"));
        return new DeliveryDefinition(queue.map(q -> toInt(q.integer("records", 1, 10_000_000))).orElse(OptionalInt.empty()),
                queue.flatMap(q -> q.find("overflow")).map(DeliveryDefinition::overflow),
                queue.flatMap(q -> q.find("sampleRate")).map(rate -> OptionalDouble.of(rate.number(1e-6, 1)))
                        .orElse(OptionalDouble.empty()),
                node.find("giveUpAfter").map(DefinitionNode::duration),
                node.find("deadLetters").map(DefinitionNode::flag).orElse(true), guard(node.find("guard")));
    }

    private static OverflowStrategy overflow(DefinitionNode node) {
        return OverflowStrategy.find(node.text())
                .orElseThrow(() -> node.wrong("must be one of " + String.join(", ", OverflowStrategy.ids())));
    }

    private static Guard guard(Optional<DefinitionNode> found) {
        Optional<DefinitionNode> guard = found
                .map(g -> g.synonym("timeout_seconds", "timeout").synonym("retry_attempts", "retries")
                        .synonym("backoff_multiplier", "backoff").synonym("circuit_breaker_enabled", "breaker")
                        .object("timeout", "retries", "retryDelay", "backoff", "breaker", "breakerFailures", "breakerDelay"));
        boolean breaker = guard.flatMap(g -> g.find("breaker")).map(DefinitionNode::flag).orElse(true);
        return new Guard(guard.flatMap(g -> g.find("timeout")).map(DeliveryDefinition::timeout),
                guard.map(g -> toInt(g.integer("retries", 0, 100))).orElse(OptionalInt.empty()),
                guard.flatMap(g -> g.find("retryDelay")).map(DefinitionNode::duration),
                guard.flatMap(g -> g.find("backoff")).map(DeliveryDefinition::backoff).orElse(OptionalInt.empty()),
                breaker ? guard.map(g -> toInt(g.integer("breakerFailures", 1, 1000))).orElse(OptionalInt.empty())
                        : OptionalInt.of(0),
                guard.flatMap(g -> g.find("breakerDelay")).map(DefinitionNode::duration));
    }

    private static OptionalInt backoff(DefinitionNode node) {
        double factor = node.number(1, 10);
        if (factor != Math.rint(factor)) {
            throw node.wrong("must be a whole number from 1 to 10");
        }
        return OptionalInt.of((int) factor);
    }

    private static Duration timeout(DefinitionNode node) {
        Duration timeout = node.duration();
        if (timeout.compareTo(MIN_TIMEOUT) < 0) {
            throw node.wrong("must be at least a millisecond");
        }
        return timeout;
    }

    private static OptionalInt toInt(OptionalLong value) {
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    /** Returns the settings of the queue in front of the sink. */
    public QueueSettings queue(SinkConfig config) {
        QueueSettings standard = config.queueSettings();
        return new QueueSettings(records.orElse(standard.records()), overflow.orElse(standard.strategy()),
                sampleRate.orElse(standard.sampleRate()), giveUpAfter.or(standard::giveUpAfter));
    }

    /** Returns the settings of the guard around a sink of this kind. */
    public GuardSettings guard(SinkConfig config, String kind) {
        GuardSettings standard = config.guardOf(kind);
        return new GuardSettings(guard.timeout().orElse(standard.timeout()), guard.retries().orElse(standard.retries()),
                guard.retryDelay().orElse(standard.retryDelay()), guard.backoff().orElse(standard.backoffFactor()),
                guard.breakerFailures().orElse(standard.breakerFailures()),
                guard.breakerDelay().orElse(standard.breakerDelay()));
    }
}
