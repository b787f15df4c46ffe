package io.freshet.sink.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;

import io.freshet.sink.Sink;
import io.freshet.thread.ThreadKind;
import io.freshet.thread.Threads;
import io.quarkus.mongodb.runtime.MongoClients;

/**
 * Creates MongoDB sinks and reads back the records they store, if MongoDB is configured. It connects when a connection is first
 * needed. Reading blocks and throws {@link UnavailableException} when the database does not answer.
 */
@ApplicationScoped
public class MongoConnections {

    /** Thrown when the database does not answer. */
    public static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(MongoException cause) {
            super("MongoDB does not answer", cause);
        }
    }

    /** The extension's name for the default client. */
    private static final String DEFAULT = "<default>";

    private final boolean configured;
    private final Supplier<MongoClient> client;
    private final Supplier<MongoCollections> database;
    private @Nullable MongoClient opened;
    private final ExecutorService executor = Threads.cached(ThreadKind.MONGODB);

    @Inject
    public MongoConnections(@ConfigProperty(name = "quarkus.mongodb.connection-string") Optional<String> address,
            @ConfigProperty(name = "quarkus.mongodb.database", defaultValue = "freshet") String database,
            Instance<MongoClients> clients) {
        // an injected client would connect at start-up, even if no server is configured
        this(address.isPresent(), () -> clients.get().unmanagedMongoClient(DEFAULT), database);
    }

    /** @param client creates the client when it is first needed */
    MongoConnections(boolean configured, Supplier<MongoClient> client, String database) {
        this.configured = configured;
        this.client = client;
        this.database = () -> new MongoCollections(client().getDatabase(database));
    }

    private synchronized MongoClient client() {
        MongoClient open = opened;
        if (open == null) {
            open = client.get();
            opened = open;
        }
        return open;
    }

    public boolean areConfigured() {
        return configured;
    }

    /**
     * Creates a sink for the records of a stream.
     *
     * @param id the id of the sink, unique among all sinks
     * @param fresh whether the stream starts from the beginning, so that its records differ from those of an earlier stream
     *        with its name
     */
    public Sink sink(String id, MongoTarget target, boolean fresh) {
        return new MongoSink(database, executor, id, target, fresh);
    }

    /**
     * Returns records of a stream in the order of their times and positions, each as {@code
     * {"position":…,"time":…,"record":…}}.
     *
     * @param from the earliest time, inclusive
     * @param to the latest time, exclusive
     * @param skip the number of records to skip
     * @param max the maximum number of records to read
     */
    public List<String> read(String collection, String stream, Instant from, Instant to, int skip, int max) {
        List<String> page = new ArrayList<>();
        try {
            for (RawBsonDocument kept : database.get().records(collection)
                    .find(Filters.and(Filters.eq("stream", stream), Filters.gte("time", from), Filters.lt("time", to)))
                    .sort(Sorts.ascending("time", "position")).skip(skip).limit(max)) {
                page.add(StoredDocument.json(kept));
            }
        } catch (MongoException e) {
            throw new UnavailableException(e);
        }
        return page;
    }

    /**
     * Deletes the records of a stream that are older than a time.
     *
     * @return the number of deleted records
     */
    public long delete(String collection, String stream, Instant before) {
        try {
            Bson old = Filters.and(Filters.eq("stream", stream), Filters.lt("time", before));
            return database.get().records(collection).deleteMany(old).getDeletedCount();
        } catch (MongoException e) {
            throw new UnavailableException(e);
        }
    }

    /** Checks asynchronously whether the database answers. */
    public CompletionStage<Boolean> ping() {
        return CompletableFuture.supplyAsync(() -> database.get().answers(), executor).exceptionally(thrown -> false);
    }

    @PreDestroy
    synchronized void close() {
        executor.shutdown();
        if (opened != null) {
            opened.close();
        }
    }
}
