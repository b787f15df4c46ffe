package io.freshet.sink.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.freshet.sink.BatchDelivery;
import io.freshet.sink.Delivery;
import io.freshet.sink.EncodedBatch;
import io.freshet.sink.FailureCode;
import io.freshet.sink.Sink;

/** Sends one message for each record through an outgoing channel. A record is delivered when the connector acknowledges it. */
public final class ChannelSink implements Sink {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, @Nullable Object>> FIELDS = new TypeReference<>() {
    };

    private final ChannelTarget target;
    private final MessageMetadata metadata;
    private final Supplier<ChannelSender> channel;

    ChannelSink(ChannelTarget target, MessageMetadata metadata, Supplier<ChannelSender> channel) {
        this.target = target;
        this.metadata = metadata;
        this.channel = channel;
    }

    @Override
    public String kind() {
        return "channel";
    }

    @Override
    public String target() {
        return target.channel();
    }

    @Override
    public CompletionStage<Delivery> deliver(BatchDelivery batchDelivery) {
        batchDelivery.excludeTombstones();
        int[] open = batchDelivery.open();
        ChannelSender sender = channel.get();
        if (sender.isClosed()) {
            return CompletableFuture
                    .completedStage(new Delivery.TransientFailure("channel " + target.channel() + " is closed"));
        }
        Answers answers = new Answers(batchDelivery, open.length);
        for (int record : open) {
            send(sender, batchDelivery, record, answers);
        }
        return answers.outcome;
    }

    private void send(ChannelSender sender, BatchDelivery batchDelivery, int record, Answers answers) {
        Message<byte[]> message;
        try {
            message = message(batchDelivery.batch(), record);
        } catch (IOException | MissingFieldException e) {
            answers.refuse(record, FailureCode.REJECTED, String.valueOf(e.getMessage()));
            return;
        }
        int size = message.getPayload().length;
        if (size > target.maxBytes()) {
            answers.refuse(record, FailureCode.TOO_LARGE,
                    "the message has " + size + " bytes; maxMessage allows " + target.maxBytes());
            return;
        }
        sender.send(message.withAck(() -> answers.acknowledge(record)).withNack(thrown -> answers.fail(record, thrown)));
    }

    private Message<byte[]> message(EncodedBatch batch, int record) throws IOException {
        byte[] bytes = batch.records().copy(record);
        Map<String, @Nullable Object> fields = target.needsFields() ? JSON.readValue(bytes, FIELDS) : Map.of();
        String address = target.address().map(template -> template.fill(fields)).orElse(null);
        byte[] payload = bytes;
        if (target.value().isPresent()) {
            Object value = target.value().get().get(fields);
            if (value == null) {
                throw new MissingFieldException(target.value().get() + " has no value");
            }
            payload = value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : JSON.writeValueAsBytes(value);
        }
        Map<String, String> headers = new HashMap<>();
        target.headers().forEach((name, path) -> {
            Object value = path.get(fields);
            if (value != null) {
                headers.put(name, value.toString());
            }
        });
        return metadata.attach(Message.of(payload), new MessageMetadata.Facts(address, batch.stream() + "/" + batch.id(record),
                target.value().isPresent() ? "text/plain" : "application/json", target.qos(), target.retain(), headers));
    }

    @Override
    public void close() {
        // the channel is shared with other sinks
    }

    /** Completes a delivery when the connector has answered for every record. */
    private static final class Answers {

        private final CompletableFuture<Delivery> outcome = new CompletableFuture<>();
        private final BatchDelivery batchDelivery;
        private final AtomicInteger open;
        private volatile @Nullable String failure;

        Answers(BatchDelivery batchDelivery, int open) {
            this.batchDelivery = batchDelivery;
            this.open = new AtomicInteger(open);
            if (open == 0) {
                outcome.complete(Delivery.delivered());
            }
        }

        CompletionStage<Void> acknowledge(int record) {
            batchDelivery.markDelivered(record);
            countDown();
            return CompletableFuture.completedStage(null);
        }

        CompletionStage<Void> fail(int record, Throwable thrown) {
            if (thrown instanceof MessageRejectedException rejected) {
                refuse(record, rejected.code(), String.valueOf(rejected.getMessage()));
                return CompletableFuture.completedStage(null);
            }
            failure = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
            countDown();
            return CompletableFuture.completedStage(null);
        }

        void refuse(int record, FailureCode code, String reason) {
            batchDelivery.reject(record, code, reason);
            countDown();
        }

        private void countDown() {
            if (open.decrementAndGet() == 0) {
                String reason = failure;
                outcome.complete(reason == null ? Delivery.delivered() : new Delivery.TransientFailure(reason));
            }
        }
    }
}
