package io.freshet.stream;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.sink.MongoConnections;
import io.freshet.sink.RedisConnections;
import io.freshet.sink.Sink;

/** Makes the sinks that keep records in a database. */
@ApplicationScoped
public class KeptSinks {

    private final RedisConnections redis;
    private final MongoConnections mongo;

    public KeptSinks(RedisConnections redis, MongoConnections mongo) {
        this.redis = redis;
        this.mongo = mongo;
    }

    /**
     * @param path where the sink stands in its definition
     * @throws DefinitionException if its database is not configured
     */
    void check(SinkDefinition sink, String path) {
        if (sink instanceof SinkDefinition.ToRedis && !redis.areConfigured()) {
            throw new DefinitionException(path + ".redis", "cannot be used: Redis is not configured; set quarkus.redis.hosts"
                    + " (without it, the last records are kept in memory)");
        }
        if (sink instanceof SinkDefinition.ToMongo && !mongo.areConfigured()) {
            throw new DefinitionException(path + ".mongodb",
                    "cannot be used: MongoDB is not configured; set quarkus.mongodb.connection-string"
                            + " (without it, the last records are kept in memory)");
        }
    }

    /**
     * The sink, if it is one that keeps.
     *
     * @param index of the sink in its stream
     * @param fresh whether the stream begins anew
     */
    Optional<Sink> sink(SinkDefinition sink, StreamDefinition definition, int index, boolean fresh) {
        String stream = definition.name();
        if (sink instanceof SinkDefinition.ToRedis to) {
            return Optional.of(redis.sink(stream, to.target(), fresh));
        }
        if (sink instanceof SinkDefinition.ToMongo to) {
            // where positions may stand for other records than before, ids must not be those from before
            return Optional.of(mongo.sink(stream + "." + index, to.target(), fresh || !definition.source().repeatsRecords()));
        }
        return Optional.empty();
    }
}
