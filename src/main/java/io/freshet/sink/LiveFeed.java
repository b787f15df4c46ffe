package io.freshet.sink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Brings the messages of running streams to whoever follows them. A slow follower never slows the stream or another follower.
 */
@ApplicationScoped
public class LiveFeed {

    private static final int MOST_WAITING = 64;
    private static final int SAMPLE_EVERY = 10;

    private final Map<String, Set<Follower>> followers = new ConcurrentHashMap<>();

    /** The messages of a stream from now on; ends when the stream does. */
    public Multi<String> subscribe(String stream, SlowConsumerStrategy strategy) {
        return Multi.createFrom().deferred(() -> {
            Follower follower = new Follower(strategy);
            followers.computeIfAbsent(stream, name -> ConcurrentHashMap.newKeySet()).add(follower);
            return Multi.createBy().repeating().uni(follower::next).whilst(message -> !message.isEmpty())
                    .filter(message -> !message.isEmpty())
                    .onTermination().invoke(() -> remove(stream, follower));
        });
    }

    private void remove(String stream, Follower follower) {
        Set<Follower> all = followers.get(stream);
        if (all != null) {
            all.remove(follower);
        }
    }

    public boolean hasFollowers(String stream) {
        return !followers.getOrDefault(stream, Set.of()).isEmpty();
    }

    public void publish(String stream, String message) {
        followers.getOrDefault(stream, Set.of()).forEach(follower -> follower.offer(message));
    }

    /** Says that there will be no more messages of this stream. */
    public void end(String stream) {
        Set<Follower> all = followers.remove(stream);
        if (all != null) {
            all.forEach(Follower::end);
        }
    }

    /** One who follows, with the messages that wait; an empty message is the end. */
    private static final class Follower {

        private final SlowConsumerStrategy strategy;
        private final Deque<String> waiting = new ArrayDeque<>();
        private @Nullable UniEmitter<? super String> asking;
        private long lagging;
        private boolean ended;

        Follower(SlowConsumerStrategy strategy) {
            this.strategy = strategy;
        }

        Uni<String> next() {
            return Uni.createFrom().emitter(emitter -> {
                String message;
                synchronized (this) {
                    message = waiting.poll();
                    if (message == null && !ended) {
                        asking = emitter;
                        return;
                    }
                }
                emitter.complete(message == null ? "" : message);
            });
        }

        void offer(String message) {
            UniEmitter<? super String> receiver;
            synchronized (this) {
                receiver = asking;
                asking = null;
                if (receiver == null && !keep(message)) {
                    return;
                }
            }
            if (receiver != null) {
                receiver.complete(message);
            }
        }

        private boolean keep(String message) {
            if (ended) {
                return false;
            }
            if (waiting.size() < MOST_WAITING) {
                waiting.add(message);
                return true;
            }
            lagging++;
            switch (strategy) {
                case DROP_OLDEST -> replaceOldest(message);
                case SAMPLE -> {
                    if (lagging % SAMPLE_EVERY == 0) {
                        replaceOldest(message);
                    }
                }
                case CLOSE -> ended = true;
                case DROP_NEWEST -> {
                    // the message is gone
                }
            }
            return true;
        }

        private void replaceOldest(String message) {
            waiting.poll();
            waiting.add(message);
        }

        void end() {
            UniEmitter<? super String> receiver;
            synchronized (this) {
                ended = true;
                receiver = asking;
                asking = null;
            }
            if (receiver != null) {
                receiver.complete("");
            }
        }
    }
}
