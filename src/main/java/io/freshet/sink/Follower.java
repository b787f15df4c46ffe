package io.freshet.sink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * One who follows a stream: messages wait here until they are asked for, within bounds. Offered to by the stream's thread,
 * asked by the connection's.
 */
final class Follower {

    static final int MOST_MESSAGES = 64;
    /** Characters of all waiting messages; a single longer one still waits. */
    static final int MOST_CHARACTERS = 4 << 20;
    static final int SAMPLE_EVERY = 10;
    /** No message is empty, so the empty one can stand for the end. */
    private static final String END = "";

    private final SlowConsumerStrategy strategy;
    private final AtomicLong dropped;
    private final Deque<String> waiting = new ArrayDeque<>();
    private @Nullable UniEmitter<? super String> asking;
    private long characters;
    private long lagging;
    private boolean ended;

    /**
     * @param dropped counts the messages that this follower does not get
     */
    Follower(SlowConsumerStrategy strategy, AtomicLong dropped) {
        this.strategy = strategy;
        this.dropped = dropped;
    }

    /** One message for each that is requested. */
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
                || waiting.size() < MOST_MESSAGES && characters + message.length() <= MOST_CHARACTERS;
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
