package io.freshet.deadletter.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.freshet.kafka.KafkaConnection;
import io.freshet.sink.DeadLetter;
import io.freshet.sink.channel.MessageChannel;
import io.freshet.sink.channel.OutgoingChannels;

/**
 * The outgoing channel {@code dead-letters}. By default it leads to a Kafka topic, from which letters can be read, replayed and
 * deleted. With another connector, letters are messages of another broker, one each, and out of reach once they have left.
 * Blocks for a limited time. Thread-safe.
 */
@ApplicationScoped
public class DeadLetterChannel {

    private static final String NAME = "dead-letters";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MessageChannel channel;
    private final DeadLetterTopic topic;
    private final DeadLetterMessage message;
    private final Duration timeout;
    private final boolean toTopic;
    private final boolean open;

    public DeadLetterChannel(
            @Channel(NAME) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<Object> emitter,
            OutgoingChannels channels, KafkaConnection kafka, DeadLetterTopic topic, DeadLetterConfig config) {
        // letters wait for the answers to earlier ones, which bounds the buffer
        this.channel = channels.of(NAME, emitter);
        this.topic = topic;
        this.message = new DeadLetterMessage(config.connectHeaders());
        this.timeout = config.timeout();
        Optional<String> connector = channels.connector(NAME);
        this.toTopic = connector.filter(DeadLetterConnector.NAME::equals).isPresent() && kafka.servers().isPresent();
        this.open = toTopic || connector.filter(name -> !name.equals(DeadLetterConnector.NAME)).isPresent();
    }

    /** Returns whether the channel leads anywhere: to Kafka if it is configured, or through another connector. */
    public boolean isOpen() {
        return open;
    }

    /** Returns the topic of dead letters, or empty if the channel leads elsewhere. */
    public Optional<DeadLetterTopic> topic() {
        return toTopic ? Optional.of(topic) : Optional.empty();
    }

    /**
     * Sends letters and waits for the acknowledgement.
     *
     * @return the letters that are too large for the topic; the others are safe
     * @throws IOException if some of the others may not be safe
     */
    public synchronized List<DeadLetter> send(List<DeadLetter> letters) throws IOException {
        if (channel.isPending()) {
            // sending them again and again would fill the memory
            throw new IOException("the channel " + NAME + " has not answered for earlier letters");
        }
        try {
            if (toTopic) {
                // the connector has time limits of its own
                channel.send(letters).toCompletableFuture().get();
            } else {
                CompletableFuture.allOf(letters.stream().map(this::send).toArray(CompletableFuture[]::new))
                        .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            }
            return List.of();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DeadLetterConnector.TooLargeException tooLarge) {
                return tooLarge.letters();
            }
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new IOException("the channel " + NAME + " did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private CompletableFuture<Void> send(DeadLetter letter) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.headers(letter)
                .forEach(header -> headers.put(header.key(),
                        header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8)));
        return (channel.takesHeaders() ? channel.send(letter.value(), letter.id(), "application/octet-stream", headers)
                : channel.send(envelope(letter, headers), letter.id(), "application/json", Map.of())).toCompletableFuture();
    }

    /** Returns a letter as JSON, for connectors whose messages have no headers. */
    private static byte[] envelope(DeadLetter letter, Map<String, String> headers) {
        ObjectNode envelope = JSON.createObjectNode().put("id", letter.id());
        headers.forEach(envelope.putObject("headers")::put);
        envelope.put("value", new String(letter.value(), StandardCharsets.UTF_8));
        return envelope.toString().getBytes(StandardCharsets.UTF_8);
    }
}
