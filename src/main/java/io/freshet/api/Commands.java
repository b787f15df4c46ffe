package io.freshet.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
import io.freshet.stream.Stream;
import io.freshet.stream.StreamDefinition;
import io.freshet.stream.StreamState;
import io.freshet.stream.Streams;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Takes commands from a topic, where one is configured. Each makes a stream of its own, which is gone when it has delivered its
 * records; the command is committed then, so one that was cut off is carried out again, with the same records. A bad command
 * becomes a dead letter.
 */
@ApplicationScoped
public class Commands {

    private static final Logger LOG = Logger.getLogger(Commands.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);
    private static final long MOST = 10_000_000;

    private final Optional<String> topic;
    private final String output;
    private final KafkaConnection connection;
    private final KafkaProducers kafka;
    private final Streams streams;
    private final Models models;
    private final DeadLetters letters;
    private volatile boolean ending;

    public Commands(CommandConfig config, KafkaConnection connection, KafkaProducers kafka, Streams streams, Models models,
            DeadLetters letters) {
        this.topic = config.topic();
        this.output = config.outputTopic();
        this.connection = connection;
        this.kafka = kafka;
        this.streams = streams;
        this.models = models;
        this.letters = letters;
    }

    void start(@Observes StartupEvent event) {
        if (topic.isEmpty() || connection.servers().isEmpty()) {
            return;
        }
        Thread thread = new Thread(() -> run(topic.get()), "commands");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        ending = true;
    }

    private void run(String from) {
        TopicConsumer.Settings settings = new TopicConsumer.Settings(from, "freshet-commands",
                TopicConsumer.Start.COMMITTED, 1, LONGEST_WAIT, false);
        try (TopicConsumer consumer = new TopicConsumer(connection.consumerSettings(), settings)) {
            while (!ending) {
                for (TopicConsumer.Message message : consumer.next()) {
                    carryOut(from, message);
                }
                consumer.commit();
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "Commands are no longer taken: topic=%s", from);
        }
    }

    private void carryOut(String from, TopicConsumer.Message message) {
        byte[] value = message.value();
        try {
            JsonNode command = parse(value);
            Stream stream = streams.createFleeting(StreamDefinition.parse(definition(command, message)));
            while (!stream.state().isFinal() && !ending) {
                stream.awaitEnd(LONGEST_WAIT);
            }
            if (stream.state() == StreamState.COMPLETED) {
                reply(command, JSON.createObjectNode().put("action", "complete").put("n_samples", stream.position())
                        .put("topic", output(command)));
                streams.delete(stream.name());
            }
        } catch (BadCommandException | DefinitionException e) {
            LOG.warnf("A command is bad: topic=%s partition=%d offset=%d reason=%s", from, message.partition(),
                    message.offset(),
                    e.getMessage());
            letters.keep(List.of(new DeadLetter(new DeadLetter.Address("commands", message.offset(), "commands", from),
                    new DeadLetter.Cause(String.valueOf(e.getMessage()), 1, Instant.now()), message.key(),
                    value == null ? new byte[0] : value))).toCompletableFuture().join();
        }
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
        definition.putArray("sinks").addObject().putObject("kafka").put("topic", output(command));
        return definition;
    }

    private String model(JsonNode command) {
        List<String> names = models.list().stream().map(StoredModel::name).toList();
        if (!command.hasNonNull("model") && names.size() != 1) {
            throw new BadCommandException("model is missing; there are " + names);
        }
        return command.hasNonNull("model") ? command.get("model").asText() : names.get(0);
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
