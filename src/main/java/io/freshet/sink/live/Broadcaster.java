package io.freshet.sink.live;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.smallrye.mutiny.Multi;

/**
 * Broadcasts the messages of running streams to their subscribers. A slow subscriber never slows down the stream or another
 * subscriber: its strategy decides which messages it misses, and they are counted.
 */
@ApplicationScoped
public class Broadcaster {

    /** A stream that publishes, with its subscribers. */
    private static final class Broadcast {
        private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
        private final AtomicLong dropped = new AtomicLong();
        private int publishers;
    }

    private final Map<String, Broadcast> broadcasts = new ConcurrentHashMap<>();

    /** Registers a stream as publishing; several parts of it may publish. */
    public void begin(String stream) {
        broadcasts.compute(stream, (name, known) -> {
            Broadcast broadcast = known == null ? new Broadcast() : known;
            broadcast.publishers++;
            return broadcast;
        });
    }

    /** Returns the messages of a stream from now on. They end with the stream, or immediately if it does not publish. */
    public Multi<String> subscribe(String stream, SlowConsumerStrategy strategy) {
        return Multi.createFrom().deferred(() -> {
            Broadcast broadcast = broadcasts.get(stream);
            if (broadcast == null) {
                return Multi.createFrom().empty();
            }
            Subscriber subscriber = new Subscriber(strategy, broadcast.dropped);
            broadcast.subscribers.add(subscriber);
            if (broadcasts.get(stream) != broadcast) {
                // the stream ended in between and may not have seen this subscriber
                subscriber.end();
            }
            return subscriber.messages().onTermination().invoke(() -> broadcast.subscribers.remove(subscriber));
        });
    }

    public boolean hasSubscribers(String stream) {
        Broadcast broadcast = broadcasts.get(stream);
        return broadcast != null && !broadcast.subscribers.isEmpty();
    }

    /** Receives the channel {@code live}. */
    @Incoming(LiveChannel.NAME)
    void publish(LiveBatch batch) {
        publish(batch.stream(), batch.json());
    }

    public void publish(String stream, String message) {
        Broadcast broadcast = broadcasts.get(stream);
        if (broadcast != null) {
            broadcast.subscribers.forEach(subscriber -> subscriber.offer(message));
        }
    }

    /**
     * Returns how many messages of a stream its subscribers missed because they were too slow; 0 for a stream that does not
     * publish.
     */
    public long dropped(String stream) {
        Broadcast broadcast = broadcasts.get(stream);
        return broadcast == null ? 0 : broadcast.dropped.get();
    }

    /**
     * Ends the messages of a stream when all that publish them, such as the shards of the stream on this instance, have ended.
     * Subscribers receive their waiting messages first.
     */
    public void end(String stream) {
        broadcasts.computeIfPresent(stream, (name, broadcast) -> {
            broadcast.publishers--;
            if (broadcast.publishers > 0) {
                return broadcast;
            }
            broadcast.subscribers.forEach(Subscriber::end);
            return null;
        });
    }
}
