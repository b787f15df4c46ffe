package io.freshet.sink.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * A subscriber to a stream. Its messages wait in a bounded queue until the connection requests them. The stream's thread adds
 * messages, the connection's thread takes them.
 */
final class Subscriber {

    static final int MAX_MESSAGES = 64;
    /** The maximum number of characters of all waiting messages; a single longer message is accepted nevertheless. */
    static final int MAX_CHARACTERS = 4 << 20;
    static final int SAMPLE_EVERY = 10;
    /** Marks the end, because real messages are never empty. */
    private static final String END = "";

    private final SlowConsumerStrategy strategy;
    private final AtomicLong dropped;
    private final Deque<String> waiting = new ArrayDeque<>();
    private @Nullable UniEmitter<? super String> asking;
    private long characters;
    private long lagging;
    private boolean ended;

    /** @param dropped counts the messages that this subscriber does not receive */
    Subscriber(SlowConsumerStrategy strategy, AtomicLong dropped) {
        this.strategy = strategy;
        this.dropped = dropped;
    }

    /** Returns the messages, one for each request. */
    Multi<String> messages() {
        return Multi.createBy().repeating().uni(this::next).whilst(message -> !message.isEmpty())
                .filter(message -> !message.isEmpty());
    }

    private Uni<String> next() {
        return Uni.createFrom().emitter(emitter -> {
            String message;
            synchronized (this) {
                message = take();
                if (message == null && !ended) {
                    asking = emitter;
                    return;
                }
            }
            emitter.complete(message == null ? END : message);
        });
    }

    private @Nullable String take() {
        String message = waiting.poll();
        characters -= message == null ? 0 : message.length();
        return message;
    }

    void offer(String message) {
        UniEmitter<? super String> receiver;
        synchronized (this) {
            receiver = asking;
            asking = null;
            if (receiver == null) {
                keep(message);
            }
        }
        if (receiver != null) {
            receiver.complete(message);
        }
    }

    private void keep(String message) {
        if (ended) {
            return;
        }
        if (hasRoomFor(message)) {
            add(message);
            return;
        }
        dropped.incrementAndGet();
        lagging++;
        if (strategy == SlowConsumerStrategy.CLOSE) {
            ended = true;
        } else if (strategy == SlowConsumerStrategy.DROP_OLDEST
                || strategy == SlowConsumerStrategy.SAMPLE && lagging % SAMPLE_EVERY == 0) {
            take();
            while (!waiting.isEmpty() && !hasRoomFor(message)) {
                take();
                dropped.incrementAndGet();
            }
            add(message);
        }
    }

    private boolean hasRoomFor(String message) {
        return waiting.isEmpty()
                || waiting.size() < MAX_MESSAGES && characters + message.length() <= MAX_CHARACTERS;
    }

    private void add(String message) {
        waiting.add(message);
        characters += message.length();
    }

    void end() {
        UniEmitter<? super String> receiver;
        synchronized (this) {
            ended = true;
            receiver = asking;
            asking = null;
        }
        if (receiver != null) {
            receiver.complete(END);
        }
    }
}
