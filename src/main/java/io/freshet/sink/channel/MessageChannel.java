package io.freshet.sink.channel;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.eclipse.microprofile.reactive.messaging.Message;

/** An outgoing channel for messages that are not records of a stream, such as alerts and dead letters. Thread-safe. */
public final class MessageChannel {

    private final MessageMetadata metadata;
    private final ChannelSender sender;

    MessageChannel(MessageMetadata metadata, ChannelSender sender) {
        this.metadata = metadata;
        this.sender = sender;
    }

    /** Returns whether messages of its connector can have headers. */
    public boolean takesHeaders() {
        return metadata.takesHeaders();
    }

    /** Returns whether the connector has not answered yet for messages that were sent before. */
    public boolean isPending() {
        return sender.isPending();
    }

    /**
     * Sends bytes. The stage completes when the connector acknowledges the message, and fails if it rejects it.
     *
     * @param id identifies the message and stays the same when it is sent again
     */
    public CompletionStage<Void> send(byte[] payload, String id, String contentType, Map<String, String> headers) {
        return send(metadata.attach(Message.of(payload),
                new MessageMetadata.Facts(null, id, contentType, OptionalInt.empty(), false, headers)));
    }

    /** Sends a payload of a type that the connector expects, as {@link #send(byte[], String, String, Map)} does. */
    public CompletionStage<Void> send(Object payload) {
        return send(Message.of(payload));
    }

    private CompletionStage<Void> send(Message<?> message) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        if (sender.isClosed()) {
            answer.completeExceptionally(new IllegalStateException("the channel is closed"));
            return answer;
        }
        sender.send(message.withAck(() -> {
            answer.complete(null);
            return CompletableFuture.completedStage(null);
        }).withNack(thrown -> {
            answer.completeExceptionally(thrown);
            return CompletableFuture.completedStage(null);
        }));
        return answer;
    }
}
