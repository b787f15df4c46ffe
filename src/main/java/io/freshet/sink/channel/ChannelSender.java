package io.freshet.sink.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages through a channel in their order, with a limited number of them unanswered, so that a slow broker does not
 * fill the memory of its client. Thread-safe.
 */
final class ChannelSender {

    private final Consumer<Message<?>> emitter;
    private final BooleanSupplier closed;
    private final int window;
    private final Deque<Message<?>> waiting = new ArrayDeque<>();
    private final AtomicInteger pendingDrains = new AtomicInteger();
    private int unanswered;

    /**
     * @param emitter emits a message into the channel
     * @param closed whether the channel accepts no more messages
     * @param window the maximum number of unanswered messages
     */
    ChannelSender(Consumer<Message<?>> emitter, BooleanSupplier closed, int window) {
        this.emitter = emitter;
        this.closed = closed;
        this.window = window;
    }

    boolean isClosed() {
        return closed.getAsBoolean();
    }

    /** Returns whether the connector has not answered for some messages. */
    synchronized boolean isPending() {
        return unanswered > 0 || !waiting.isEmpty();
    }

    void send(Message<?> message) {
        Supplier<CompletionStage<Void>> ack = message.getAck();
        var nack = message.getNack();
        synchronized (this) {
            waiting.add(message.withAck(() -> answered(ack.get())).withNack(thrown -> answered(nack.apply(thrown))));
        }
        drain();
    }

    private CompletionStage<Void> answered(CompletionStage<Void> handled) {
        synchronized (this) {
            unanswered--;
        }
        drain();
        return handled == null ? CompletableFuture.completedStage(null) : handled;
    }

    /** An answer may arrive while a message is emitted; a loop instead of a nested call keeps the order and the stack flat. */
    private void drain() {
        if (pendingDrains.getAndIncrement() > 0) {
            return;
        }
        do {
            for (Message<?> next = take(); next != null; next = take()) {
                emitter.accept(next);
            }
        } while (pendingDrains.decrementAndGet() > 0);
    }

    private synchronized @Nullable Message<?> take() {
        if (unanswered >= window || waiting.isEmpty()) {
            return null;
        }
        unanswered++;
        return waiting.remove();
    }
}
