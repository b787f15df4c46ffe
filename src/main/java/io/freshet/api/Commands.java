package io.freshet.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.deadletter.DeadLetters;
import io.freshet.kafka.sink.KafkaProducers;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.FailureCode;
import io.freshet.store.Models;
import io.freshet.store.StoredModel;
import io.freshet.stream.RestoreCompleted;
import io.freshet.stream.Streams;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.delivery.StreamStatistics;
import io.freshet.stream.engine.Stream;
import io.freshet.stream.engine.StreamState;
import io.freshet.table.JsonErrors;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.PausableChannel;

/**
 * Executes the commands of the channel {@code commands}: from a topic, if one is configured, or by another connector. Each
 * command creates a temporary stream that ends when it has delivered its records. The command is acknowledged then, so an
 * interrupted command is executed again and generates the same records. A command that is invalid, or whose stream is stopped,
 * becomes a dead letter. If it names a reply topic, the sender
 * also receives the reason there.
 */
@ApplicationScoped
public class Commands {

    private static final Logger LOG = Logger.getLogger(Commands.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHANNEL = "commands";
    private static final Duration MAX_WAIT = Duration.ofMillis(200);
    /** How long an unavailable output topic may delay the commands after it. */
    private static final String GIVE_UP_AFTER = "10m";
    private static final long MOST = 10_000_000;
    private static final List<String> FIELDS = List.of("action", "n_samples", "model", "conditions", "seed", "metadata",
            "topic",
            "reply_to", "id");

    private final Optional<String> topic;
    private final String output;
    private final ChannelRegistry channels;
    private final KafkaProducers kafka;
    private final Streams streams;
    private final Models models;
    private final DeadLetters letters;
    private final ApiConfig defaults;
    private final ExecutorService executor = Threads.single(ThreadKind.COMMANDS);
    private volatile boolean closed;

    public Commands(CommandConfig config, ChannelRegistry channels, KafkaProducers kafka, Streams streams, Models models,
            DeadLetters letters, ApiConfig defaults) {
        this.defaults = defaults;
        this.topic = config.topic();
        this.output = config.outputTopic();
        this.channels = channels;
        this.kafka = kafka;
        this.streams = streams;
        this.models = models;
        this.letters = letters;
    }

    /** Commands wait until the models and streams of the last run are there. */
    void start(@Observes RestoreCompleted event) {
        Optional.ofNullable(channels.getPausable(CHANNEL)).ifPresent(PausableChannel::resume);
    }

    void stop(@Observes ShutdownEvent event) {
        closed = true;
    }

    @PreDestroy
    void close() {
        executor.shutdownNow();
    }

    private boolean isEnding() {
        return closed || streams.isShuttingDown();
    }

    /**
     * Executes a command. The stage completes when it is done, and the next command follows then. A command that is interrupted
     * by the end of the service is not acknowledged.
     */
    @Incoming(CHANNEL)
    CompletionStage<Void> carryOut(Message<Object> message) {
        return CompletableFuture.supplyAsync(() -> carryOut(Command.of(message)), executor)
                .thenCompose(done -> done ? message.ack() : CompletableFuture.completedStage(null));
    }

    /**
     * Executes a command.
     *
     * @return true if it is complete; false if it must be read again
     */
    private boolean carryOut(Command message) {
        JsonNode command = MissingNode.getInstance();
        try {
            command = parse(message.value());
            check(command);
            Stream stream = stream(StreamDefinition.parse(definition(command, message)));
            while (!stream.state().isFinal() && !isEnding()) {
                stream.awaitEnd(MAX_WAIT);
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
                throw new BadCommandException("its stream was stopped before all records were delivered");
            }
        } catch (BadCommandException | DefinitionException e) {
            if (isEnding()) {
                return false;
            }
            LOG.warnf("Command rejected: command=%s reason=%s", message.name(), e.getMessage());
            keep(message, String.valueOf(e.getMessage()));
            reply(command, JSON.createObjectNode().put("action", "error").put("status", "error").put("reason", e.getMessage()));
        }
        return true;
    }

    /** Returns the stream of an earlier attempt, or a new one. */
    private Stream stream(StreamDefinition wanted) {
        return streams.find(wanted.name()).filter(there -> there.definition().equals(wanted))
                .orElseGet(() -> streams.createTransient(wanted));
    }

    private void answer(JsonNode command, Stream stream) {
        StreamStatistics.SinkStatistics sink = stream.statistics().sinks().get(0);
        ObjectNode answer = JSON.createObjectNode().put("action", "complete").put("status", "complete")
                .put("n_samples", sink.delivered())
                .put("topic", output(command));
        if (sink.deadLettered() > 0) {
            answer.put("dead_lettered", sink.deadLettered());
        }
        reply(command, answer);
    }

    private void keep(Command message, String reason) {
        letters.publish(List.of(new DeadLetter(
                new DeadLetter.Address("commands", message.position(), "commands", DeadLetter.COMMAND, topic.orElse("")),
                new DeadLetter.Cause(FailureCode.BAD_COMMAND, reason, 1, Instant.now()), message.content())))
                .toCompletableFuture().join();
    }

    /** Thrown when a command cannot be executed; the message gives the reason. */
    private static final class BadCommandException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadCommandException(String message) {
            super(message);
        }
    }

    private static JsonNode parse(byte[] value) {
        if (value.length == 0) {
            throw new BadCommandException("the command is empty");
        }
        try {
            return JSON.readTree(new String(value, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new BadCommandException("the command is not valid JSON: " + JsonErrors.reason(e));
        }
    }

    private static void check(JsonNode command) {
        if (!command.isObject() || !command.path("action").asText().equals("generate")) {
            throw new BadCommandException("the command must be a JSON object with an action: generate");
        }
        JsonFields.unknown(command, FIELDS).ifPresent(name -> {
            throw new BadCommandException(
                    JsonFields.complaint(name, FIELDS) + "; expected one of " + String.join(", ", FIELDS));
        });
        JsonNode samples = command.path("n_samples");
        if (!samples.canConvertToLong() || samples.asLong() < 1 || samples.asLong() > MOST) {
            throw new BadCommandException("n_samples must be a whole number from 1 to " + MOST);
        }
    }

    private ObjectNode definition(JsonNode command, Command message) {
        ObjectNode definition = JSON.createObjectNode()
                .put("name", message.name())
                .put("metadata", command.path("metadata").asBoolean(true));
        ObjectNode source = definition.putObject("source").put("model", model(command)).put("seed",
                command.path("seed").asLong(message.position()));
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
        return Optional.ofNullable(command.path("model").textValue()).or(() -> defaults.defaultModel().filter(names::contains))
                .or(() -> names.stream().filter(only -> names.size() == 1).findFirst())
                .orElseThrow(() -> new BadCommandException("model is missing; expected one of " + names));
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
