package io.freshet.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import com.mongodb.client.MongoClient;

import io.quarkus.mongodb.runtime.MongoClients;
import io.vertx.redis.client.Redis;

/** Where models and streams outlive the process: a folder, MongoDB, Redis, or nowhere. */
@ApplicationScoped
public class Shelves {

    private static final String FILES = ".json";

    private final BiFunction<String, String, @Nullable Shelf> shelves;
    private final String place;
    private final boolean shared;
    private @Nullable MongoClient opened;

    @Inject
    public Shelves(StoreConfig config,
            @ConfigProperty(name = "quarkus.mongodb.database", defaultValue = "freshet") String database,
            Instance<MongoClients> clients, Instance<Redis> redis) {
        if (config.redis()) {
            this.shelves = (kind, ending) -> new RedisShelf(redis::get, "freshet:" + kind);
            this.place = "in Redis";
            this.shared = true;
            return;
        }
        this.shelves = config.mongodb()
                ? (kind, ending) -> new MongoShelf(() -> client(clients).getDatabase(database)
                        .getCollection("freshet_" + kind.replace('-', '_')))
                : (kind, ending) -> inFolder(config.folder(), kind, ending);
        this.place = config.mongodb() ? "in MongoDB" : place(config.folder());
        this.shared = config.mongodb();
    }

    private Shelves(BiFunction<String, String, @Nullable Shelf> shelves, String place) {
        this.shelves = shelves;
        this.place = place;
        this.shared = false;
    }

    /** In a folder; nowhere if there is none. */
    public static Shelves of(Optional<Path> folder) {
        return new Shelves((kind, ending) -> inFolder(folder, kind, ending), place(folder));
    }

    private static @Nullable Shelf inFolder(Optional<Path> folder, String kind, String ending) {
        return folder.map(path -> Folder.of(path.resolve(kind), ending)).orElse(null);
    }

    /** An injected client would connect at start-up, also to nowhere. */
    private synchronized MongoClient client(Instance<MongoClients> clients) {
        MongoClient open = opened;
        if (open == null) {
            open = clients.get().unmanagedMongoClient("<default>");
            opened = open;
        }
        return open;
    }

    @PreDestroy
    synchronized void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private static String place(Optional<Path> folder) {
        return folder.isPresent() ? "in a folder" : "in memory; they end with the process";
    }

    /** Whether other instances may have the same one: a database is there for all, a folder as a rule for one. */
    public boolean areShared() {
        return shared;
    }

    /** Where it is, in words for a log. */
    public String place() {
        return place;
    }

    /** Where things of a kind are kept; null if they are not. */
    @Nullable
    Shelf of(String kind) {
        return of(kind, FILES);
    }

    /**
     * The same.
     *
     * @param ending of the names of its files, if it is in a folder
     */
    @Nullable
    Shelf of(String kind, String ending) {
        return shelves.apply(kind, ending);
    }
}
