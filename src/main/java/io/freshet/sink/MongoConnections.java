package io.freshet.sink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

import io.quarkus.mongodb.runtime.MongoClients;

/**
 * MongoDB, where it is configured: makes sinks and reads back what they keep. Nothing connects before it is needed. Reading
 * blocks and throws {@link UnavailableException} when the database does not answer.
 */
@ApplicationScoped
public class MongoConnections {

    /** The database does not answer. */
    public static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(MongoException cause) {
            super("MongoDB does not answer", cause);
        }
    }

    /** The extension's name of the client that has no name. */
    private static final String DEFAULT = "<default>";

    private final boolean configured;
    private final Supplier<MongoClient> client;
    private final Supplier<MongoCollections> database;
    private @Nullable MongoClient opened;
    private final ExecutorService executor = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "mongodb");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    public MongoConnections(@ConfigProperty(name = "quarkus.mongodb.connection-string") Optional<String> address,
            @ConfigProperty(name = "quarkus.mongodb.database", defaultValue = "freshet") String database,
            Instance<MongoClients> clients) {
        // an injected client would connect at start-up, also to nowhere
        this(address.isPresent(), () -> clients.get().unmanagedMongoClient(DEFAULT), database);
    }

    /** @param client asked once, when it is needed first */
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
     * A sink for the records of a stream.
     *
     * @param id of the sink, unique among all
     * @param fresh whether the stream begins anew: its records are others than those of an earlier one with its name
     */
    public Sink sink(String id, MongoTarget target, boolean fresh) {
        return new MongoSink(database, executor, id, target, fresh);
    }

    /**
     * Records of a stream in the order of their times and positions, each as {@code {"position":…,"time":…,"record":…}}.
     *
     * @param from the time of the first
     * @param to before this time
     * @param skip how many to leave out
     * @param most how many to read
     */
    public List<String> read(String collection, String stream, Instant from, Instant to, int skip, int most) {
        List<String> page = new ArrayList<>();
        try {
            for (RawBsonDocument kept : database.get().records(collection)
                    .find(Filters.and(Filters.eq("stream", stream), Filters.gte("time", from), Filters.lt("time", to)))
                    .sort(Sorts.ascending("time", "position")).skip(skip).limit(most)) {
                page.add(KeptDocument.json(kept));
            }
        } catch (MongoException e) {
            throw new UnavailableException(e);
        }
        return page;
    }

    /** Deletes the records of a stream that are older than a time; how many. */
    public long delete(String collection, String stream, Instant before) {
        try {
            Bson old = Filters.and(Filters.eq("stream", stream), Filters.lt("time", before));
            return database.get().records(collection).deleteMany(old).getDeletedCount();
        } catch (MongoException e) {
            throw new UnavailableException(e);
        }
    }

    /** Whether it answers, when it does. */
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
