package io.freshet.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.sink.DeadLetter;
import io.freshet.sink.DeadLetters;
import io.freshet.sink.KafkaConnection;
import io.freshet.sink.KafkaProducers;
import io.freshet.source.TopicConsumer;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.stream.DefinitionException;
import io.freshet.stream.Restored;
import io.freshet.stream.Stream;
import io.freshet.stream.StreamDefinition;
import io.freshet.stream.StreamState;
import io.freshet.stream.StreamStatistics;
import io.freshet.stream.Streams;
import io.quarkus.runtime.ShutdownEvent;

/**
 * Takes commands from a topic, where one is configured. Each makes a stream of its own, which is gone when it has delivered its
 * records; the command is committed then, so one that was cut off is carried out again, with the same records. A command that
 * is bad, or whose stream is stopped, becomes a dead letter.
 */
@ApplicationScoped
public class Commands {

    private static final Logger LOG = Logger.getLogger(Commands.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);
    private static final Duration REST = Duration.ofSeconds(5);
    /** How long a topic that takes nothing may hold up the commands behind. */
    private static final String GIVE_UP_AFTER = "10m";
    private static final long MOST = 10_000_000;

    private final Optional<String> topic;
    private final String output;
    private final KafkaConnection connection;
    private final KafkaProducers kafka;
    private final Streams streams;
    private final Models models;
    private final DeadLetters letters;
    private final ApiConfig defaults;
    private volatile boolean closed;

    public Commands(CommandConfig config, KafkaConnection connection, KafkaProducers kafka, Streams streams, Models models,
            DeadLetters letters, ApiConfig defaults) {
        this.defaults = defaults;
        this.topic = config.topic();
        this.output = config.outputTopic();
        this.connection = connection;
        this.kafka = kafka;
        this.streams = streams;
        this.models = models;
        this.letters = letters;
    }

    void start(@Observes Restored event) {
        if (topic.isEmpty() || connection.servers().isEmpty()) {
            return;
        }
        Thread thread = new Thread(() -> run(topic.get()), "commands");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        closed = true;
    }

    private boolean isEnding() {
        return closed || streams.isShuttingDown();
    }

    private void run(String from) {
        while (!isEnding()) {
            try {
                take(from);
            } catch (RuntimeException e) {
                LOG.errorf(e, "Commands are taken again soon: topic=%s seconds=%d", from, REST.toSeconds());
                LockSupport.parkNanos(REST.toNanos());
            }
        }
    }

    private void take(String from) {
        TopicConsumer.Settings settings = new TopicConsumer.Settings(from, "freshet-commands",
                TopicConsumer.Start.COMMITTED, 1, LONGEST_WAIT, false);
        try (TopicConsumer consumer = new TopicConsumer(connection.consumerSettings(), settings)) {
            while (!isEnding()) {
                if (consumer.next().stream().allMatch(message -> carryOut(from, message))) {
                    consumer.commit();
                }
            }
        }
    }

    /** Whether the command is dealt with; else it is to be read again. */
    private boolean carryOut(String from, TopicConsumer.Message message) {
        try {
            JsonNode command = parse(message.value());
            Stream stream = stream(StreamDefinition.parse(definition(command, message)));
            while (!stream.state().isFinal() && !isEnding()) {
                stream.awaitEnd(LONGEST_WAIT);
            }
            boolean complete = stream.state() == StreamState.COMPLETED;
            if (!complete && isEnding()) {
                return false;
            }
            if (complete) {
                answer(command, stream);
            }
            streams.delete(stream.name());
            if (!complete) {
                throw new BadCommandException("its stream was stopped before all was delivered");
            }
        } catch (BadCommandException | DefinitionException e) {
            if (isEnding()) {
                return false;
            }
            LOG.warnf("A command is bad: topic=%s partition=%d offset=%d reason=%s", from, message.partition(),
                    message.offset(), e.getMessage());
            keep(from, message, String.valueOf(e.getMessage()));
        }
        return true;
    }

    /** A new one, or that of an attempt before. */
    private Stream stream(StreamDefinition wanted) {
        return streams.find(wanted.name()).filter(there -> there.definition().equals(wanted))
                .orElseGet(() -> streams.createFleeting(wanted));
    }

    private void answer(JsonNode command, Stream stream) {
        StreamStatistics.SinkStatistics sink = stream.statistics().sinks().get(0);
        ObjectNode answer = JSON.createObjectNode().put("action", "complete").put("n_samples", sink.delivered())
                .put("topic", output(command));
        if (sink.deadLettered() > 0) {
            answer.put("dead_lettered", sink.deadLettered());
        }
        reply(command, answer);
    }

    private void keep(String from, TopicConsumer.Message message, String reason) {
        byte[] value = message.value();
        letters.keep(List.of(new DeadLetter(new DeadLetter.Address("commands", message.offset(), "commands", from),
                new DeadLetter.Cause(reason, 1, Instant.now()), message.key(), value == null ? new byte[0] : value)))
                .toCompletableFuture().join();
    }

    /** A command that cannot be carried out; the message says why. */
    private static final class BadCommandException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadCommandException(String message) {
            super(message);
        }
    }

    private static JsonNode parse(byte @Nullable [] value) {
        if (value == null) {
            throw new BadCommandException("the command is empty");
        }
        JsonNode command;
        try {
            command = JSON.readTree(new String(value, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new BadCommandException("the command is no JSON: " + e.getOriginalMessage());
        }
        if (!command.isObject() || !command.path("action").asText().equals("generate")) {
            throw new BadCommandException("the command must be a JSON object with an action: generate");
        }
        JsonNode samples = command.path("n_samples");
        if (!samples.canConvertToLong() || samples.asLong() < 1 || samples.asLong() > MOST) {
            throw new BadCommandException("n_samples must be a whole number from 1 to " + MOST);
        }
        return command;
    }

    private ObjectNode definition(JsonNode command, TopicConsumer.Message message) {
        ObjectNode definition = JSON.createObjectNode()
                .put("name", "command-" + message.partition() + "-" + message.offset())
                .put("metadata", command.path("metadata").asBoolean(true));
        ObjectNode source = definition.putObject("source").put("model", model(command)).put("seed",
                command.path("seed").asLong(message.offset()));
        if (command.hasNonNull("conditions")) {
            source.set("conditions", command.get("conditions"));
        }
        definition.putObject("pace").put("maxRecords", command.get("n_samples").asLong());
        definition.putArray("sinks").addObject().put("giveUpAfter", GIVE_UP_AFTER).putObject("kafka").put("topic",
                output(command));
        return definition;
    }

    private String model(JsonNode command) {
        List<String> names = models.list().stream().map(StoredModel::name).toList();
        return Optional.ofNullable(command.path("model").textValue()).or(defaults::defaultModel)
                .or(() -> names.stream().filter(only -> names.size() == 1).findFirst())
                .orElseThrow(() -> new BadCommandException("model is missing; there are " + names));
    }

    private String output(JsonNode command) {
        return command.path("topic").asText(output);
    }

    private void reply(JsonNode command, ObjectNode answer) {
        if (command.hasNonNull("reply_to")) {
            if (command.hasNonNull("id")) {
                answer.set("id", command.get("id"));
            }
            kafka.send(command.get("reply_to").asText(), answer.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
