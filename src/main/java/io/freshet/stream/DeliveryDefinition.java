package io.freshet.stream;

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
 * How records are brought to one sink, where that differs from the configuration: its queue and its guard.
 *
 * @param giveUpAfter how long a failing sink may hold records up before they become dead letters
 */
public record DeliveryDefinition(OptionalInt records, Optional<OverflowStrategy> overflow, OptionalDouble sampleRate,
        Optional<Duration> giveUpAfter, Guard guard) {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

    /** What is different about the guard. */
    record Guard(Optional<Duration> timeout, OptionalInt retries, Optional<Duration> retryDelay, OptionalInt breakerFailures,
            Optional<Duration> breakerDelay) {
    }

    /** @param node the sink's */
    static DeliveryDefinition parse(DefinitionNode node) {
        Optional<DefinitionNode> queue = node.find("queue").map(q -> q.object("records", "overflow", "sampleRate"));
        return new DeliveryDefinition(queue.map(q -> toInt(q.integer("records", 1, 10_000_000))).orElse(OptionalInt.empty()),
                queue.flatMap(q -> q.find("overflow")).map(DeliveryDefinition::overflow),
                queue.flatMap(q -> q.find("sampleRate")).map(rate -> OptionalDouble.of(rate.number(1e-6, 1)))
                        .orElse(OptionalDouble.empty()),
                node.find("giveUpAfter").map(DefinitionNode::duration), guard(node.find("guard")));
    }

    private static OverflowStrategy overflow(DefinitionNode node) {
        return OverflowStrategy.find(node.text())
                .orElseThrow(() -> node.wrong("must be one of " + String.join(", ", OverflowStrategy.ids())));
    }

    private static Guard guard(Optional<DefinitionNode> found) {
        Optional<DefinitionNode> guard = found
                .map(g -> g.object("timeout", "retries", "retryDelay", "breakerFailures", "breakerDelay"));
        return new Guard(guard.flatMap(g -> g.find("timeout")).map(DeliveryDefinition::timeout),
                guard.map(g -> toInt(g.integer("retries", 0, 100))).orElse(OptionalInt.empty()),
                guard.flatMap(g -> g.find("retryDelay")).map(DefinitionNode::duration),
                guard.map(g -> toInt(g.integer("breakerFailures", 1, 1000))).orElse(OptionalInt.empty()),
                guard.flatMap(g -> g.find("breakerDelay")).map(DefinitionNode::duration));
    }

    private static Duration timeout(DefinitionNode node) {
        Duration timeout = node.duration();
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
            throw node.wrong("must be at least a millisecond");
        }
        return timeout;
    }

    private static OptionalInt toInt(OptionalLong value) {
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    /** The queue in front of the sink. */
    QueueSettings queue(SinkConfig config) {
        QueueSettings standard = config.queueSettings();
        return new QueueSettings(records.orElse(standard.records()), overflow.orElse(standard.strategy()),
                sampleRate.orElse(standard.sampleRate()), giveUpAfter.or(standard::giveUpAfter));
    }

    /** The guard around a sink of this kind. */
    GuardSettings guard(SinkConfig config, String kind) {
        GuardSettings standard = config.guardOf(kind);
        return new GuardSettings(guard.timeout().orElse(standard.timeout()), guard.retries().orElse(standard.retries()),
                guard.retryDelay().orElse(standard.retryDelay()), guard.breakerFailures().orElse(standard.breakerFailures()),
                guard.breakerDelay().orElse(standard.breakerDelay()));
    }
}
