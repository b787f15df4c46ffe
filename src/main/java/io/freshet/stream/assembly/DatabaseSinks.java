package io.freshet.stream.assembly;

import java.util.Optional;
import java.util.OptionalLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.freshet.database.DatabaseException;
import io.freshet.sink.Sink;
import io.freshet.sink.database.TableSinks;
import io.freshet.sink.mongo.MongoConnections;
import io.freshet.sink.redis.RedisConnections;
import io.freshet.stream.definition.DefinitionException;
import io.freshet.stream.definition.SinkDefinition;
import io.freshet.stream.definition.StreamDefinition;
import io.freshet.stream.engine.ResumePoint;

/** Creates the sinks that write records to a database. */
@ApplicationScoped
public class DatabaseSinks {

    private final RedisConnections redis;
    private final MongoConnections mongo;
    private final TableSinks tables;

    public DatabaseSinks(RedisConnections redis, MongoConnections mongo, TableSinks tables) {
        this.tables = tables;
        this.redis = redis;
        this.mongo = mongo;
    }

    /**
     * @param path the path of the sink in its definition
     * @throws DefinitionException if its database is not configured
     */
    void check(SinkDefinition sink, String path) {
        if (sink instanceof SinkDefinition.ToRedis && !redis.areConfigured()) {
            throw new DefinitionException(path + ".redis",
                    "cannot be used, because Redis is not configured; set quarkus.redis.hosts"
                            + " (without it, the last records are kept in memory)");
        }
        if (sink instanceof SinkDefinition.ToMongo && !mongo.areConfigured()) {
            throw new DefinitionException(path + ".mongodb",
                    "cannot be used, because MongoDB is not configured; set quarkus.mongodb.connection-string"
                            + " (without it, the last records are kept in memory)");
        }
        if (sink instanceof SinkDefinition.ToTable to) {
            try {
                tables.check(to.target());
            } catch (DatabaseException e) {
                throw new DefinitionException(path + ".table", "cannot be used: " + e.getMessage());
            }
        }
    }

    /**
     * Creates the sink if it writes to a database.
     *
     * @param index the index of the sink in its stream
     * @param start whether the stream begins or resumes
     */
    Optional<Sink> sink(SinkDefinition sink, StreamDefinition definition, int index, ResumePoint start) {
        String stream = definition.name();
        if (sink instanceof SinkDefinition.ToRedis to) {
            return Optional.of(redis.sink(stream, to.target(),
                    start.restored() ? OptionalLong.of(start.position()) : OptionalLong.empty()));
        }
        if (sink instanceof SinkDefinition.ToMongo to) {
            // if positions may denote other records than before, their ids must differ as well
            return Optional.of(
                    mongo.sink(stream + "." + index, to.target(), !start.restored() || !definition.source().repeatsRecords()));
        }
        return sink instanceof SinkDefinition.ToTable to ? Optional.of(tables.sink(to.target())) : Optional.empty();
    }
}
