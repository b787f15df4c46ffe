package io.freshet.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import com.mongodb.client.MongoClient;

import io.quarkus.mongodb.runtime.MongoClients;
import io.vertx.redis.client.Redis;

/**
 * Opens the store that models and streams are persisted in: a folder, MongoDB or Redis. Without any of them, nothing is
 * persisted.
 */
@ApplicationScoped
public class BlobStores {

    private static final String FILES = ".json";

    private final BiFunction<String, String, @Nullable BlobStore> shelves;
    private final String place;
    private final boolean shared;
    private @Nullable MongoClient opened;
    /** Held while this instance uses a folder that it does not share. */
    private @Nullable FolderLock lock;

    @Inject
    public BlobStores(StoreConfig config,
            @ConfigProperty(name = "quarkus.mongodb.database", defaultValue = "freshet") String database,
            @ConfigProperty(name = "freshet.sharing.enabled") Optional<Boolean> sharing, Instance<MongoClients> clients,
            Instance<Redis> redis) {
        // the history itself is created later, when the service has started
        History.most(config);
        if (config.redis()) {
            this.shelves = inRedis(redis::get);
            this.place = "in Redis";
            this.shared = true;
            return;
        }
        this.shelves = config.mongodb()
                ? (kind, ending) -> new MongoBlobStore(() -> client(clients).getDatabase(database)
                        .getCollection("freshet_" + kind.replace('-', '_')))
                : (kind, ending) -> inFolder(config.folder(), kind, ending);
        this.place = config.mongodb() ? "in MongoDB" : place(config.folder());
        this.shared = config.mongodb();
        if (!config.mongodb() && !sharing.orElse(false)) {
            this.lock = config.folder().flatMap(FolderLock::acquire).orElse(null);
        }
    }

    private BlobStores(BiFunction<String, String, @Nullable BlobStore> shelves, String place) {
        this.shelves = shelves;
        this.place = place;
        this.shared = false;
    }

    /**
     * Uses a folder.
     *
     * @param folder empty to persist nothing
     */
    public static BlobStores of(Optional<Path> folder) {
        return new BlobStores((kind, ending) -> inFolder(folder, kind, ending), place(folder));
    }

    /** Uses a Redis server that no other instance shares. */
    public static BlobStores of(Supplier<Redis> redis) {
        return new BlobStores(inRedis(redis), "in Redis");
    }

    private static BiFunction<String, String, @Nullable BlobStore> inRedis(Supplier<Redis> redis) {
        return (kind, ending) -> new RedisBlobStore(redis, "freshet:" + kind);
    }

    private static @Nullable BlobStore inFolder(Optional<Path> folder, String kind, String ending) {
        return folder.map(path -> FileBlobStore.of(path.resolve(kind), ending)).orElse(null);
    }

    /** Creates the client on first use: an injected client would connect at start-up even if MongoDB is not configured. */
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
        if (lock != null) {
            lock.close();
        }
    }

    private static String place(Optional<Path> folder) {
        return folder.isPresent() ? "in a folder" : "in memory until the process ends";
    }

    /**
     * Returns whether other instances may use the same store. A database is shared by all instances, while a folder usually
     * belongs to one.
     */
    public boolean areShared() {
        return shared;
    }

    /** Describes the location of the store for a log message. */
    public String place() {
        return place;
    }

    /**
     * Opens the store of one kind of entry.
     *
     * @return null if nothing is persisted
     */
    @Nullable
    BlobStore of(String kind) {
        return of(kind, FILES);
    }

    /**
     * Opens the store of one kind of entry.
     *
     * @param ending the extension of its files, if the store is a folder
     * @return null if nothing is persisted
     */
    @Nullable
    BlobStore of(String kind, String ending) {
        return shelves.apply(kind, ending);
    }
}
