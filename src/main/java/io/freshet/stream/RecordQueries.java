package io.freshet.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.freshet.sink.mongo.MongoConnections;
import io.freshet.sink.redis.RedisConnections;
import io.freshet.sink.redis.RedisTarget;
import io.freshet.store.History;
import io.freshet.stream.definition.SinkDefinition;
import io.freshet.stream.definition.StreamDefinition;

/** Reads the retained records of streams: from the database of a sink if the stream has one, otherwise from memory. */
@ApplicationScoped
public class RecordQueries {

    private static final Logger LOG = Logger.getLogger(RecordQueries.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String MEMORY = "memory";

    private final History history;
    private final RedisConnections redis;
    private final MongoConnections mongo;

    public RecordQueries(History history, RedisConnections redis, MongoConnections mongo) {
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
     * Returns the most recent records of a stream, newest first: from Redis if the stream has such a sink and Redis answers,
     * otherwise from memory.
     */
    public Kept recent(StreamDefinition stream, int count) {
        Optional<RedisTarget> target = stream.sinks().stream().filter(SinkDefinition.ToRedis.class::isInstance)
                .map(sink -> ((SinkDefinition.ToRedis) sink).target()).findFirst();
        if (target.isPresent()) {
            try {
                return new Kept("redis", redis.recent(stream.name(), target.get(), count).toCompletableFuture()
                        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join());
            } catch (CompletionException e) {
                LOG.warnf("Redis could not be read; records are read from memory: stream=%s reason=%s", stream.name(),
                        e.getMessage());
            }
        }
        return new Kept(MEMORY, history.recent(stream.name(), count));
    }

    /**
     * Returns records of a stream ordered by time and position, each as {@code {"position":…,"time":…,"record":…}}: from
     * MongoDB if the stream has such a sink, otherwise from memory.
     *
     * @param from the earliest time, inclusive
     * @param to the latest time, exclusive
     * @throws MongoConnections.UnavailableException if MongoDB does not answer; memory holds too few records to take its place
     */
    public Kept read(StreamDefinition stream, Instant from, Instant to, int skip, int max) {
        Optional<String> collection = collection(stream);
        return collection.isPresent()
                ? new Kept("mongodb", mongo.read(collection.get(), stream.name(), from, to, skip, max))
                : new Kept(MEMORY, history.read(stream.name(), from, to, skip, max));
    }

    /**
     * Deletes the retained records of a stream that are older than a time, in the place where {@link #read} would read them.
     *
     * @return how many records were deleted
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
