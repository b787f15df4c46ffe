package io.freshet.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.freshet.sink.MongoConnections;
import io.freshet.sink.RedisConnections;
import io.freshet.store.History;

/** What is kept of the records of streams: read where a stream's sinks keep them, else in memory. */
@ApplicationScoped
public class KeptRecords {

    private static final Logger LOG = Logger.getLogger(KeptRecords.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String MEMORY = "memory";

    private final History history;
    private final RedisConnections redis;
    private final MongoConnections mongo;

    public KeptRecords(History history, RedisConnections redis, MongoConnections mongo) {
        this.history = history;
        this.redis = redis;
        this.mongo = mongo;
    }

    /**
     * Some records of a stream, as JSON.
     *
     * @param from where they were read: {@code redis}, {@code mongodb} or {@code memory}
     */
    public record Kept(String from, List<String> records) {
        public Kept {
            records = List.copyOf(records);
        }
    }

    /**
     * The last records of a stream, newest first: from Redis where it has such a sink; from memory where it has none, or
     * Redis is down.
     */
    public Kept recent(StreamDefinition stream, int count) {
        Optional<String> key = stream.sinks().stream().filter(SinkDefinition.ToRedis.class::isInstance)
                .map(sink -> ((SinkDefinition.ToRedis) sink).target().keyOf(stream.name())).findFirst();
        if (key.isPresent()) {
            try {
                return new Kept("redis", redis.recent(key.get(), count).toCompletableFuture()
                        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join());
            } catch (CompletionException e) {
                LOG.warnf("Redis was not read; memory answers: stream=%s reason=%s", stream.name(), e.getMessage());
            }
        }
        return new Kept(MEMORY, history.recent(stream.name(), count));
    }

    /**
     * Records of a stream in the order of their times and positions, each as {@code {"position":…,"time":…,"record":…}}: from
     * MongoDB where it has such a sink, else from memory.
     *
     * @param from the time of the first
     * @param to before this time
     * @throws MongoConnections.UnavailableException if MongoDB does not answer: memory knows too little to answer for it
     */
    public Kept read(StreamDefinition stream, Instant from, Instant to, int skip, int most) {
        Optional<String> collection = collection(stream);
        return collection.isPresent()
                ? new Kept("mongodb", mongo.read(collection.get(), stream.name(), from, to, skip, most))
                : new Kept(MEMORY, history.read(stream.name(), from, to, skip, most));
    }

    /**
     * Deletes what is kept of a stream and older than a time, where {@link #read} would read it; how many records.
     *
     * @throws MongoConnections.UnavailableException if MongoDB does not answer
     */
    public long delete(StreamDefinition stream, Instant before) {
        return collection(stream).map(name -> mongo.delete(name, stream.name(), before))
                .orElseGet(() -> history.delete(stream.name(), before));
    }

    private static Optional<String> collection(StreamDefinition stream) {
        return stream.sinks().stream().filter(SinkDefinition.ToMongo.class::isInstance)
                .map(sink -> ((SinkDefinition.ToMongo) sink).target().collection()).findFirst();
    }
}
