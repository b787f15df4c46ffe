package io.freshet.sink;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Multi;

/**
 * Brings the messages of running streams to whoever follows them. A slow follower never slows the stream or another follower:
 * what it is too slow for is handled by its strategy and counted.
 */
@ApplicationScoped
public class LiveFeed {

    /** A stream that publishes, and who follows it. */
    private static final class Broadcast {
        private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
        private final AtomicLong dropped = new AtomicLong();
    }

    private final Map<String, Broadcast> broadcasts = new ConcurrentHashMap<>();

    /** Says that a stream publishes from now on. */
    public void begin(String stream) {
        broadcasts.computeIfAbsent(stream, name -> new Broadcast());
    }

    /** The messages of a stream from now on; ends when the stream does, at once if it does not publish. */
    public Multi<String> subscribe(String stream, SlowConsumerStrategy strategy) {
        return Multi.createFrom().deferred(() -> {
            Broadcast broadcast = broadcasts.get(stream);
            if (broadcast == null) {
                return Multi.createFrom().empty();
            }
            Follower follower = new Follower(strategy, broadcast.dropped);
            broadcast.followers.add(follower);
            if (broadcasts.get(stream) != broadcast) {
                // the stream ended in between and may not have seen this follower
                follower.end();
            }
            return follower.messages().onTermination().invoke(() -> broadcast.followers.remove(follower));
        });
    }

    public boolean hasFollowers(String stream) {
        Broadcast broadcast = broadcasts.get(stream);
        return broadcast != null && !broadcast.followers.isEmpty();
    }

    public void publish(String stream, String message) {
        Broadcast broadcast = broadcasts.get(stream);
        if (broadcast != null) {
            broadcast.followers.forEach(follower -> follower.offer(message));
        }
    }

    /** How many messages of a stream its followers were too slow for; 0 for a stream that does not publish. */
    public long dropped(String stream) {
        Broadcast broadcast = broadcasts.get(stream);
        return broadcast == null ? 0 : broadcast.dropped.get();
    }

    /** Says that there will be no more messages of this stream; followers get what waits for them first. */
    public void end(String stream) {
        @Nullable
        Broadcast ended = broadcasts.remove(stream);
        if (ended != null) {
            ended.followers.forEach(Follower::end);
        }
    }
}
